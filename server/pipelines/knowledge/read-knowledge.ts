import type { Knowledge, Resources } from "../../../domain/pipelines/problems/knowledge";
import { knownReads } from "../../../domain/pipelines/problems/names-in-sql";
import { tableLineage } from "../../../domain/pipelines/problems/table-lineage";
import type { JobRunner } from "../../../domain/ports/job-runner";
import type { TableCatalog } from "../../../domain/ports/table-catalog";
import type { KnowledgeStore, NamedThings } from "./knowledge-store";
import { remembered } from "./remembered";

export type KnowledgeSockets = {
  knowledge: KnowledgeStore;
  tableCatalog: Pick<TableCatalog, "list">;
  jobRunner: Pick<JobRunner, "health"> | null;
};

const FRESH_MS = 15_000;
/** Who edits does not wait for an engine: what it has not said by then is unknown. */
const PATIENCE_MS = 2_000;

const tablesOf = remembered<readonly string[]>(FRESH_MS, PATIENCE_MS);
const clusterOf = remembered<Resources>(FRESH_MS, PATIENCE_MS);

/** What the workspace has that a pipeline may name. What an engine does not tell at once is null. */
export async function readKnowledge(
  { knowledge, tableCatalog, jobRunner }: KnowledgeSockets,
  workspaceId: string,
  pipelineId: string | null,
  now: Date,
): Promise<Knowledge> {
  const [named, tables, total] = await Promise.all([
    knowledge.named(workspaceId, pipelineId),
    tablesOf(tableCatalog, workspaceId, now, async () =>
      (await tableCatalog.list(workspaceId)).map((table) => table.name),
    ),
    jobRunner === null ? null : clusterOf(jobRunner, "", now, () => resources(jobRunner)),
  ]);
  const byLowerName = new Map((tables ?? []).map((name) => [name.toLowerCase(), name]));
  const targets = (channel: string) =>
    named.notificationTargets.filter((target) => target.channel === channel).map((target) => target.name);
  return {
    connections: named.connections,
    savedQueries: Object.fromEntries(
      named.savedQueries.map(({ name, sql }) => [name, aboutQuery(sql, byLowerName)]),
    ),
    tables,
    lineage: tableLineage(named.makers),
    secrets: named.secrets,
    codeFiles: named.codePackages.flatMap(({ name, files }) => files.map((file) => `${name}/${file}`)),
    pipelines: named.pipelines,
    cluster: total === null ? null : { total, largest: null },
    notificationTargets: { slack: targets("slack"), webhook: targets("webhook") },
    changed: changedSince(named),
  };
}

const aboutQuery = (sql: string, tables: ReadonlyMap<string, string>) => ({
  reads: knownReads(sql, tables),
  ...(/following/i.test(sql) ? { sql } : {}),
});

async function resources(jobRunner: Pick<JobRunner, "health">): Promise<Resources> {
  const { cpus, memoryBytes } = await jobRunner.health();
  return { CPU: cpus, GPU: null, memory: memoryBytes };
}

function changedSince({ lastSuccessAt, codePackages, savedQueries }: NamedThings): Knowledge["changed"] {
  if (lastSuccessAt === null) return null;
  return {
    codePackages: codePackages.filter((each) => each.createdAt > lastSuccessAt).map((each) => each.name),
    savedQueries: savedQueries.filter((each) => each.updatedAt > lastSuccessAt).map((each) => each.name),
  };
}
