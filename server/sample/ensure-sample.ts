import { access, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { QualifiedName } from "../../domain/pipelines/document/fields";
import type { QueryEngine } from "../../domain/ports/query-engine";
import type { TableCatalog } from "../../domain/ports/table-catalog";
import type { Clock } from "../../domain/shared/clock";
import { saveCodePackage } from "../code/index";
import {
  prismaDraftStore,
  prismaPipelineStore,
  readPythonFiles,
  savePipeline,
  zipFiles,
} from "../pipelines/index";
import { ensureSampleWorkspace, type WorkspaceScope } from "../workspaces/index";
import { type Db, insertSavedQueryIfAbsent, newestCodeAuthor, newestPipelineAuthor } from "./store";

export type SampleSockets = { db: Db; tableCatalog: TableCatalog; queryEngine: QueryEngine; clock: Clock };

export type SampleFolders = {
  /** The Parquet files of the data package; may appear later. Null where none is installed. */
  dataDir: string | null;
  /** `samples/demand-forecast` of the repository. */
  assetsDir: string;
};

/** Who loads the sample. What anybody else saved under the same name is left alone. */
const LOADER = { id: "system", name: "Sample data" };
const SOURCE = "raw.sample.source";

const SourceTables = z.object({
  tables: z.array(z.object({ name: QualifiedName, file: z.string(), select: z.string() })),
});

/** Loads what is missing of the sample workspace; true once all of it is there. Safe to repeat. */
export async function ensureSample(sockets: SampleSockets, folders: SampleFolders): Promise<boolean> {
  const workspace = await ensureSampleWorkspace(sockets.db);
  const scope = {
    ...sockets,
    workspace,
    role: "admin" as const,
    actor: LOADER,
    store: prismaPipelineStore(sockets.db),
    drafts: prismaDraftStore(sockets.db),
  };
  await ensureQueries(scope, folders.assetsDir);
  await ensureCode(scope, join(folders.assetsDir, "code"));
  await ensurePipelines(scope, folders.assetsDir);
  return folders.dataDir !== null && (await ensureTables(scope, folders.dataDir, folders.assetsDir));
}

type SampleScope = WorkspaceScope<
  SampleSockets & {
    store: ReturnType<typeof prismaPipelineStore>;
    drafts: ReturnType<typeof prismaDraftStore>;
  }
>;

async function ensureQueries({ db, workspace }: SampleScope, assetsDir: string): Promise<void> {
  for (const file of (await readdir(assetsDir)).filter((each) => each.endsWith(".sql"))) {
    const sql = await readFile(join(assetsDir, file), "utf8");
    await insertSavedQueryIfAbsent(
      db,
      workspace.id,
      `analytics.queries.${file.slice(0, -".sql".length)}`,
      sql,
      LOADER.name,
    );
  }
}

async function ensureCode(scope: SampleScope, codeDir: string): Promise<void> {
  const folders = (await readdir(codeDir, { withFileTypes: true })).filter(
    (each) => each.isDirectory() && !each.name.startsWith("_"),
  );
  for (const { name } of folders) {
    const author = await newestCodeAuthor(scope.db, scope.workspace.id, name);
    if (author !== null && author !== LOADER.name) continue;
    await saveCodePackage(scope, {
      name,
      zip: new Uint8Array(zipFiles(await readPythonFiles(join(codeDir, name), name))),
    });
  }
}

async function ensurePipelines(scope: SampleScope, assetsDir: string): Promise<void> {
  const files = (await readdir(assetsDir)).filter(
    (each) => each.endsWith(".json") && each !== "source-tables.json",
  );
  for (const file of files) {
    const pipelineId = file.slice(0, -".json".length);
    const author = await newestPipelineAuthor(scope.db, scope.workspace.id, pipelineId);
    if (author !== null) continue;
    const document: unknown = JSON.parse(await readFile(join(assetsDir, file), "utf8"));
    await savePipeline(scope, { pipelineId, document });
  }
}

async function ensureTables(scope: SampleScope, dataDir: string, assetsDir: string): Promise<boolean> {
  const { tables } = SourceTables.parse(
    JSON.parse(await readFile(join(assetsDir, "source-tables.json"), "utf8")),
  );
  for (const { name, file, select } of tables) {
    if ((await scope.tableCatalog.find(scope.workspace.id, name)) !== null) continue;
    const path = join(dataDir, file);
    if (!(await exists(path))) return false;
    await loadTable(scope, name, path, select);
  }
  return true;
}

async function loadTable(
  { tableCatalog, queryEngine, workspace }: SampleScope,
  name: string,
  path: string,
  select: string,
): Promise<void> {
  const idempotencyKey = "sample data";
  const staged = await tableCatalog.stage(workspace.id, name, idempotencyKey);
  await queryEngine.writeParquet(
    `WITH source AS (SELECT * FROM ${SOURCE}) SELECT * FROM (${select})`,
    staged,
    {
      tables: [{ name: SOURCE, uris: [path] }],
    },
  );
  await tableCatalog.commit(workspace.id, { name, writtenBy: "sample data", kind: "sample", idempotencyKey });
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
