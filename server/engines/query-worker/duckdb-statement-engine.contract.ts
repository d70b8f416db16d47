import { access, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parquetMetadata } from "hyparquet";
import { describe, it } from "vitest";
import { describeStatementEngineContract } from "../../../domain/ports/statement-engine.contract";
import { decodeStream, forkedChecker } from "./contract-support";
import { duckdbStatementEngine } from "./duckdb-statement-engine";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const { CONTRACT_LAKE_PYTHON: python = "", DUCKDB_EXTENSIONS_DIR: extensionsDir } = process.env;

if (python === "") {
  describe("StatementEngine: DuckDB in Python", () => {
    it.skip("needs CONTRACT_LAKE_PYTHON, the interpreter of the lake's packages", () => {});
  });
} else {
  describeStatementEngineContract("DuckDB in Python", async () => {
    const root = await mkdtemp(join(tmpdir(), "statements-"));
    const lake = join(root, "lake");
    await mkdir(lake);
    const checker = forkedChecker();
    const engine = duckdbStatementEngine({
      python,
      packageDir: fileURLToPath(new URL("../../../lake", import.meta.url)),
      checker,
      concurrency: 1,
      memoryLimitBytes: 512 * 1024 ** 2,
      threads: 2,
      tempDir: join(root, "tmp"),
      readableDirs: [lake],
      writableDirs: [lake],
      extensionsDir,
    });
    const products = join(lake, "products.parquet");
    await engine.writeParquet(
      {
        sql: "SELECT * FROM (VALUES (1, 'milk'), (2, 'bread'), (3, '')) AS product(id, name)",
        workspaceId: "w",
        tables: [],
        databases: [],
      },
      products,
    );
    let count = 0;
    return {
      engine,
      samples: {
        products: "SELECT id, name FROM lake.shop.products ORDER BY id",
        numbers: (rows) => `SELECT range AS n FROM range(${rows})`,
        values: `SELECT 9007199254740993::BIGINT AS big, 0.10::DECIMAL(9,2) AS price, 'žluť 😀' AS word, NULL AS "none",
          1 AS twin, 2 AS twin`,
        noRows: "SELECT id FROM lake.shop.products WHERE id < 0; -- none",
        syntaxError: { sql: "SELECT '😀' FROM WHERE", offset: 17 },
        unknownColumn: { sql: "SELECT '😀', nonsense FROM lake.shop.products", offset: 13 },
        unknownTable: "SELECT * FROM lake.shop.nothing",
        twoStatements: "SELECT 1; SELECT 2",
        notSelect: "CREATE TABLE t (x INTEGER)",
        failsLate: "SELECT (range || 'x')::INTEGER FROM range(10)",
        forever:
          "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE hash(a.range + b.range) = 1",
        endless: "SELECT a.range + b.range AS n FROM range(100000000) a, range(1000000) b",
      },
      statement: (sql) => ({
        sql,
        workspaceId: "w",
        tables: [{ name: "lake.shop.products", uris: [products] }],
        databases: [],
      }),
      freshFolder: () => join(lake, "results", `result-${++count}`),
      freshPath: () => join(lake, `file-${++count}.parquet`),
      parquetRows: async (path) =>
        Number(parquetMetadata(new Uint8Array(await readFile(path)).buffer).num_rows),
      exists: (path) =>
        access(path).then(
          () => true,
          () => false,
        ),
      decode: decodeStream,
      dispose: async () => {
        await engine.close();
        checker.close();
        await rm(root, { recursive: true, force: true });
      },
    };
  });
}
