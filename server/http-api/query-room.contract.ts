import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tableFromIPC } from "@uwdata/flechette";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../domain/workspaces/role";
import type { Composition } from "../composition";
import { scratchDatabase } from "../db/scratch-database";
import { icebergLakeAdmin } from "../engines/iceberg-lake/iceberg-lake-admin";
import { icebergTableCatalog } from "../engines/iceberg-lake/iceberg-table-catalog";
import { memoryKeyHolds } from "../engines/memory/key-holds";
import { forkedChecker } from "../engines/query-worker/contract-support";
import { duckdbStatementEngine } from "../engines/query-worker/duckdb-statement-engine";
import { pythonResultReader } from "../engines/query-worker/python-result-reader";
import { pythonSqlLanguage } from "../engines/query-worker/sql-language";
import { createToken, ensureSampleWorkspace } from "../workspaces/index";
import { handleApiRequest } from "./handle-api-request";
import { handleResultRequest } from "./handle-result-request";

const {
  CONTRACT_DATABASE_URL: serverUrl = "",
  CONTRACT_LAKE_URL: lakeUrl = "",
  CONTRACT_LAKE_TOKEN: lakeToken = "",
  CONTRACT_LAKE_DIR: lakeDir = "",
  CONTRACT_LAKE_PYTHON: python = "",
  DUCKDB_EXTENSIONS_DIR: extensionsDir,
  // biome-ignore lint/style/noProcessEnv: a contract test finds its engines there
} = process.env;
const isMissing = [serverUrl, lakeUrl, lakeDir, python].includes("");

const packageDir = fileURLToPath(new URL("../../lake", import.meta.url));
const ROWS = 200_000;

describe.skipIf(isMissing)(
  "the query room on real engines (CONTRACT_DATABASE_URL, CONTRACT_LAKE_URL, CONTRACT_LAKE_DIR, CONTRACT_LAKE_PYTHON)",
  () => {
    let parts: Composition;
    const closing: (() => unknown)[] = [];
    const tokens = {} as Record<Role, string>;
    let slug = "";

    beforeAll(async () => {
      const scratch = await scratchDatabase(serverUrl);
      const root = await mkdtemp(join(tmpdir(), "query-room-"));
      const resultsDir = join(root, "results");
      const tempDir = join(root, "tmp");
      const checker = forkedChecker();
      const duckdb = duckdbStatementEngine({
        ...{ python, packageDir, checker, tempDir, extensionsDir, concurrency: 2, threads: 2 },
        memoryLimitBytes: 1024 ** 3,
        readableDirs: [lakeDir, root],
        writableDirs: [lakeDir, root],
      });
      const sqlLanguage = pythonSqlLanguage({ python, packageDir, processes: 1, timeoutMs: 30_000 });
      const resultReader = pythonResultReader({
        ...{ python, packageDir, tempDir, threads: 2 },
        memoryLimitBytes: 512 * 1024 ** 2,
      });
      const lake = { url: lakeUrl, token: lakeToken };
      const sockets = {
        ...{
          db: scratch.db,
          keyHolds: memoryKeyHolds(),
          clock: { now: () => new Date() },
          version: "1.2.3",
          enginesStatusPath: null,
        },
        ...{ publicUrl: "http://app.test", env: { NEXTAUTH_SECRET: "0123456789abcdef" }, resultsDir },
        ...{ sqlLanguage, resultReader, foreignCatalogs: null },
        tableCatalog: icebergTableCatalog(lake),
        lakeAdmin: icebergLakeAdmin(lake),
        statementEngines: { duckdb, trino: null },
        databaseCatalog: { describe: async () => ({ tables: [], options: "" }) },
        queryLimits: {
          ...{ resultBytes: 1e9, workspaceBytes: 1e10, keptMs: 1e9, freeBytes: 0, timeoutMs: 60_000 },
          ...{ memoryBytes: 1024 ** 3, cores: 2 },
        },
      };
      parts = sockets as unknown as Composition;
      const workspace = await ensureSampleWorkspace(scratch.db);
      slug = workspace.slug;
      const scope = { ...sockets, workspace, role: "admin" as const, actor: { id: "system", name: "test" } };
      for (const role of ["viewer", "analyst", "engineer"] as const)
        tokens[role] = (await createToken(scope, { name: role, role })).token;
      closing.push(
        () => sqlLanguage.close(),
        () => resultReader.close(),
        () => duckdb.close(),
        () => checker.close(),
        async () => {
          for (const { name } of await parts.tableCatalog.list(workspace.id))
            await parts.lakeAdmin.drop(workspace.id, name);
        },
        () => scratch.drop(),
        () => rm(root, { recursive: true, force: true }),
      );
    });
    afterAll(async () => {
      for (const close of closing) await close();
    });

    const ask = (role: Role, method: string, path: string, body?: unknown) =>
      handleApiRequest(
        new Request(`http://app.test/api/v1${path}`, {
          method,
          headers: { authorization: `Bearer ${tokens[role]}` },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
        () => parts,
      );
    const json = async (answer: Response): Promise<Record<string, unknown>> => ({
      status: answer.status,
      ...((await answer.json()) as object),
    });
    /** Starts a statement and waits for its last event. */
    const run = async (sql: string, role: Role = "engineer", more: object = {}) => {
      const started = await json(await ask(role, "POST", "/queries", { sql, ...more }));
      if (started.id === undefined) return started;
      const events = await (await ask(role, "GET", `/queries/${started.id}/events`)).text();
      return JSON.parse(
        events
          .split("\n\n")
          .at(-3)
          ?.replace(/^data: /, "") ?? "{}",
      ) as Record<string, unknown>;
    };

    let made: Record<string, unknown>;
    let added: Record<string, unknown>;
    beforeAll(async () => {
      made = await run(
        `CREATE TABLE analytics.derived.numbers AS
         SELECT n AS id, CAST(n AS decimal(12, 2)) / 4 AS amount, EXTRACT(DOW FROM DATE '2026-02-01') AS dow
         FROM UNNEST(sequence(1, ${ROWS})) AS t(n)`,
      );
      added = await run("INSERT INTO analytics.derived.numbers (id) SELECT bigint '7'");
    }, 120_000);

    it("writes a table from Trino's SQL, reads it as of a time, and tells what it read and wrote", async () => {
      expect(made).toMatchObject({
        ...{ status: "succeeded", kind: "create_table_as" },
        writes: [{ table: "analytics.derived.numbers", mode: "create", rows: ROWS }],
      });
      const first = (made.writes as { snapshotId: string }[])[0]?.snapshotId;
      expect(added).toMatchObject({ status: "succeeded", writes: [{ mode: "append", rows: 1 }] });
      const count = async (at: string) => {
        const { id } = await run(`SELECT count(*), min(dow) FROM analytics.derived.numbers ${at}`, "viewer");
        return (await json(await ask("viewer", "GET", `/queries/${id}/result`))).rows;
      };
      // Trino counts Sunday, the first of February 2026, as day 7.
      expect(await count("")).toEqual([[String(ROWS + 1), "7"]]);
      expect(await count(`FOR VERSION AS OF ${first}`)).toEqual([[String(ROWS), "7"]]);
    });

    it("gives rows as windows of Arrow, sorted and filtered, and in every format", async () => {
      const { id, rows } = await run(
        "SELECT id, amount FROM analytics.derived.numbers ORDER BY id",
        "viewer",
      );
      expect(rows).toBe(ROWS + 1);
      const page = (query: string, what: "rows" | "export" = "rows", role: Role = "viewer") =>
        handleResultRequest(
          new Request(`http://app.test/x?${query}`, { headers: { authorization: `Bearer ${tokens[role]}` } }),
          { workspace: slug, queryId: String(id), what },
          { compose: () => parts, cookies: { get: () => undefined } as never },
        );
      const window = await page("offset=150000&limit=10");
      expect(window.headers.get("X-Rows-Kept")).toBe(String(ROWS + 1));
      const firstRow = Number(window.headers.get("X-First-Row"));
      const table = tableFromIPC(new Uint8Array(await window.arrayBuffer()), { useBigInt: true });
      expect(Number(table.getChildAt(0)?.at(150_000 - firstRow))).toBe(150_000);
      expect((await page("offset=0&limit=10", "rows", "analyst")).status).toBe(404);
      expect((await page("offset=x")).status).toBe(400);
      const formats = await Promise.all(
        (["csv", "parquet", "arrow"] as const).map(async (format) => {
          const answer = await ask(
            "viewer",
            "GET",
            `/queries/${id}/result?format=${format}&offset=5&limit=3`,
          );
          return new Uint8Array(await answer.arrayBuffer());
        }),
      );
      const [csv, parquet, arrow] = formats;
      expect(new TextDecoder().decode(csv).trim().split(/\r?\n/)).toHaveLength(4);
      expect(new TextDecoder().decode(parquet?.slice(0, 4))).toBe("PAR1");
      expect(tableFromIPC(arrow ?? new Uint8Array()).numRows).toBe(3);
      const some = await json(await ask("viewer", "GET", `/queries/${id}/result?offset=0&limit=2`));
      expect(some).toMatchObject({
        rows: [
          ["1", "0.25"],
          ["2", "0.50"],
        ],
      });
    });

    it("says where a statement is wrong, with the nearest table, and who may not write", async () => {
      const wrong = await run("SELECT *\nFROM analytics.derived.numbrs", "viewer");
      expect(wrong).toMatchObject({
        status: 400,
        code: "invalid_input",
        errors: [{ pointer: expect.stringMatching(/^\/sql\/(14|32)$/) }],
      });
      expect(wrong.hint).toContain("analytics.derived.numbers");
      const column = await run("SELECT nope FROM analytics.derived.numbers", "viewer");
      expect(JSON.stringify(column)).toMatch(/"(offset":7|pointer":"\/sql\/7")/);
      const refused = await run("CREATE TABLE analytics.derived.t AS SELECT 1 AS a", "analyst");
      expect(refused).toMatchObject({ status: 403, code: "forbidden" });
      expect(refused.hint).toContain("analytics.u_analyst.t");
      expect(await run("CREATE TABLE analytics.u_analyst.t AS SELECT 1 AS a", "analyst")).toMatchObject({
        status: "succeeded",
      });
    });

    it("stops a statement in its engine, and leaves nothing of it", async () => {
      const sql =
        "SELECT count(*) FROM analytics.derived.numbers a CROSS JOIN analytics.derived.numbers b WHERE a.id * b.id % 7 = 1";
      const { id } = await json(await ask("viewer", "POST", "/queries", { sql }));
      const events = (await ask("viewer", "GET", `/queries/${id}/events`)).body?.getReader();
      for (let text = ""; !text.includes('"status":"running"'); ) {
        const { value, done } = (await events?.read()) ?? { done: true };
        if (done) throw new Error("The statement did not begin.");
        text += new TextDecoder().decode(value);
      }
      await events?.cancel();
      expect(await json(await ask("viewer", "DELETE", `/queries/${id}`))).toMatchObject({
        status: "cancelled",
      });
      const { resultsDir } = parts;
      const [workspace = ""] = await readdir(resultsDir);
      expect(await readdir(join(resultsDir, workspace, "queries"))).not.toContain(id);
    });
  },
);
