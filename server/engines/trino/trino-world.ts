import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineStatement, StatementControl } from "../../../domain/ports/statement-engine";
import { SPOOL_FILES } from "../../../domain/query/result-spool";
import { column, fakeTrino } from "./fake-trino";
import { trinoStatementEngine } from "./trino-statement-engine";

export const WORKSPACE = "0b0c7b5e-0000-4000-8000-000000000001";
/** What the physical names of its catalogs end with. */
export const SUFFIX = WORKSPACE.replaceAll("-", "_");
/** A password with everything that needs care. */
export const CANARY = "canary-p'ss,w=rd é";

export const statement = (sql: string, more: Partial<EngineStatement> = {}): EngineStatement => ({
  sql,
  workspaceId: WORKSPACE,
  tables: [],
  databases: [],
  ...more,
});

/** For tests: a server that speaks Trino's protocol, and an engine that talks to it. */
export async function trinoWorld() {
  const root = await mkdtemp(join(tmpdir(), "trino-"));
  const trino = await fakeTrino();
  trino.answer("SHOW CATALOGS", { columns: [column("Catalog", "varchar")], data: [["system"], ["tpch"]] });
  const engine = trinoStatementEngine({
    url: trino.url,
    user: "benchwright",
    lake: {
      databaseUrl: `postgresql://lake:${encodeURIComponent(CANARY)}@db:5432/lake`,
      warehouse: "/lake",
      s3: null,
    },
    tempDir: join(root, "temp"),
    patienceMs: 300,
    toParquet: async (folder, path) => {
      await writeFile(path, await readFile(join(folder, SPOOL_FILES.data)));
      return { rowCount: 1, bytes: 1, columns: [] };
    },
  });
  const folder = join(root, "spool");
  return {
    root,
    folder,
    trino,
    engine,
    run: (sql: string, control: StatementControl = {}) => engine.run(statement(sql), folder, control),
    /** What was handed in, but for the list of catalogs. */
    statements: () => trino.asked.map(({ sql }) => sql).filter((sql) => sql !== "SHOW CATALOGS"),
    async dispose() {
      await engine.close();
      await trino.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
export type TrinoWorld = Awaited<ReturnType<typeof trinoWorld>>;
