import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { access, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Column, tableFromIPC } from "@uwdata/flechette";
import { parquetMetadata } from "hyparquet";
import { describe, it } from "vitest";
import { describeStatementEngineContract } from "../../../domain/ports/statement-engine.contract";
import { trinoHttp } from "./trino-http";
import { trinoRows } from "./trino-rows";
import { trinoStatementEngine } from "./trino-statement-engine";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const { CONTRACT_TRINO_URL: url = "", CONTRACT_LAKE_PYTHON: python = "" } = process.env;
const HELPER = fileURLToPath(new URL("./live-helper.py", import.meta.url));

if (url === "" || python === "") {
  describe("StatementEngine: Trino", () => {
    it.skip("needs CONTRACT_TRINO_URL and CONTRACT_LAKE_PYTHON", () => {});
  });
} else {
  describeStatementEngineContract("Trino", async () => {
    const root = await mkdtemp(join(tmpdir(), "trino-"));
    const workspaceId = randomUUID();
    const user = `contract-${workspaceId}`;
    const engine = trinoStatementEngine({
      url,
      user,
      lake: null,
      tempDir: join(root, "temp"),
      async toParquet(folder, path) {
        const { stdout } = await promisify(execFile)(python, [HELPER, "parquet", folder, path]);
        return { ...JSON.parse(stdout), bytes: (await stat(path)).size };
      },
    });
    const watching = trinoHttp({ url, user: "contract-watching" });
    const tpch = `tp_${workspaceId.replaceAll("-", "_")}`;
    let count = 0;
    return {
      engine,
      samples: {
        products:
          "SELECT * FROM (VALUES (1, 'milk'), (2, 'bread'), (3, '')) AS product(id, name) ORDER BY id",
        numbers: (rows) => `SELECT sequential_number AS n FROM TABLE(sequence(0, ${rows - 1})) ORDER BY n`,
        values: `SELECT 9007199254740993 AS big, DECIMAL '0.10' AS price, 'žluť 😀' AS word, NULL AS "none",
          1 AS twin, 2 AS twin`,
        noRows: `SELECT nationkey FROM ${tpch}.tiny.nation WHERE nationkey < 0; -- none`,
        syntaxError: { sql: "SELECT '😀' FROM WHERE", offset: 17 },
        unknownColumn: { sql: `SELECT '😀', nonsense FROM ${tpch}.tiny.nation`, offset: 13 },
        unknownTable: `SELECT * FROM ${tpch}.tiny.nothing`,
        twoStatements: "SELECT 1; SELECT 2",
        notSelect: "CREATE TABLE t (x INTEGER)",
        failsLate: `SELECT CAST(name AS integer) FROM ${tpch}.tiny.nation`,
        forever: `SELECT count(*) FROM ${tpch}.sf1000.lineitem`,
        endless: `SELECT orderkey AS n FROM ${tpch}.sf1000.lineitem`,
      },
      statement: (sql) => ({
        sql,
        workspaceId,
        tables: [],
        databases: [],
        foreignCatalogs: [{ catalog: "tp", connector: "tpch", properties: {} }],
      }),
      freshFolder: () => join(root, `result-${++count}`),
      freshPath: () => join(root, `file-${++count}.parquet`),
      parquetRows: async (path) =>
        Number(parquetMetadata(new Uint8Array(await readFile(path)).buffer).num_rows),
      exists: (path) =>
        access(path).then(
          () => true,
          () => false,
        ),
      decode,
      async running() {
        const sql = `SELECT count(*) FROM system.runtime.queries WHERE "user" = '${user}' AND state NOT IN ('FINISHED', 'FAILED')`;
        return Number((await trinoRows(watching, sql))[0]?.[0]);
      },
      async dispose() {
        await engine.parts.catalogs.prune(workspaceId, []);
        await Promise.all([engine.close(), watching.close()]);
        await rm(root, { recursive: true, force: true });
      },
    };
  });
}

function decode(stream: Uint8Array) {
  const table = tableFromIPC(stream, { useBigInt: true, useDecimalInt: true });
  const { fields } = table.schema;
  const columns = table.children.map((column: Column<unknown>, index) => {
    const { scale = 0 } = (fields[index]?.type ?? {}) as { scale?: number };
    return [...column].map((value) => (typeof value === "bigint" ? spelled(value, scale) : value));
  });
  return {
    names: fields.map((field) => field.name),
    types: fields.map((field) => field.metadata?.get("benchwright.type")),
    rows: Array.from({ length: table.numRows }, (_, row) => columns.map((column) => column[row])),
  };
}

function spelled(value: bigint, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
