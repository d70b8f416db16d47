import { PipelineDocument } from "../../../domain/pipelines/document/pipeline-document";
import type { Db } from "../../workspaces/index";
import type { RunFacts } from "./execution-store";

/** Documents are large to read, and a version never changes. */
const MOST_DOCUMENTS = 50;
const MOST_RUNS = 500;

/** Reads what a run is, and remembers it: nothing of it changes once the run has started. */
export function runFacts(db: Db): (runId: string) => Promise<RunFacts | null> {
  const documents = new Map<string, PipelineDocument>();
  const runs = new Map<string, RunFacts>();

  async function document(workspaceId: string, pipelineId: string, version: number) {
    const key = JSON.stringify([workspaceId, pipelineId, version]);
    const known = documents.get(key);
    if (known !== undefined) return known;
    const row = await db.pipelineVersion.findUniqueOrThrow({
      where: { workspaceId_pipelineId_version: { workspaceId, pipelineId, version } },
      select: { document: true },
    });
    const read = PipelineDocument.parse(row.document);
    remember(documents, key, read, MOST_DOCUMENTS);
    return read;
  }

  return async (runId) => {
    const known = runs.get(runId);
    if (known !== undefined) return known;
    const row = await db.run.findUnique({ where: { id: runId } });
    if (row === null) return null;
    const { id, workspaceId, pipelineId, pipelineVersion, number, startedBy, priority, parentRunId } = row;
    const facts: RunFacts = {
      id,
      workspaceId,
      pipelineId,
      pipelineVersion,
      number,
      startedBy,
      priority,
      parentRunId,
      document: await document(workspaceId, pipelineId, pipelineVersion),
      parameters: row.parameters as Record<string, unknown>,
      scheduledFor: row.scheduledFor,
      createdAt: row.createdAt,
      startedAt: row.startedAt,
    };
    if (facts.startedAt !== null) remember(runs, runId, facts, MOST_RUNS);
    return facts;
  };
}

/** Keeps `value`, and forgets the oldest where there are more than `most`. */
function remember<T>(held: Map<string, T>, key: string, value: T, most: number): void {
  held.set(key, value);
  const [oldest] = held.keys();
  if (held.size > most && oldest !== undefined) held.delete(oldest);
}
