import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { QueryEngine, TableLocation } from "../../../domain/ports/query-engine";
import { duckdbQueryEngine } from "./duckdb-query-engine";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const { CONTRACT_LAKE_PYTHON: python = "", DUCKDB_EXTENSIONS_DIR: extensionsDir } = process.env;
const MAKER = fileURLToPath(new URL("./make-iceberg-table.py", import.meta.url));
const NAME = "lake.shop.products";

type Made = { locations: string[]; snapshots: string[]; files: string[]; secret: string };

if (python === "") {
  describe("DuckDB on Iceberg tables", () => {
    it.skip("needs CONTRACT_LAKE_PYTHON, the interpreter of the lake's packages", () => {});
  });
} else {
  describe("DuckDB on Iceberg tables", () => {
    let root: string;
    let made: Made;
    let engine: QueryEngine;

    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), "iceberg-"));
      const lake = join(root, "lake");
      await mkdir(lake);
      const answer = await promisify(execFile)(python, [MAKER, lake, join(root, "catalog.db")]);
      made = JSON.parse(answer.stdout) as Made;
      engine = duckdbQueryEngine({
        processPath: fileURLToPath(new URL("./duckdb-process.ts", import.meta.url)),
        execArgv: ["--import", "tsx"],
        memoryLimitBytes: 256 * 1024 ** 2,
        threads: 2,
        tempDir: join(root, "tmp"),
        readableDirs: [lake],
        writableDirs: [lake],
        extensionsDir,
      });
    });
    afterAll(async () => {
      await engine?.close();
      await rm(root, { recursive: true, force: true });
    });

    const at = (index: number, more: object = {}): TableLocation => ({
      name: NAME,
      metadataLocation: made.locations[index] ?? "",
      ...more,
    });
    const rows = (sql: string, table: TableLocation) => engine.rows(sql, { tables: [table], limit: 100 });
    const all = `SELECT * FROM ${NAME} ORDER BY id`;

    it("reads the state that a metadata file describes, through renamed and added columns", async () => {
      const now = await rows(all, at(2));
      expect(now.columns.map(({ name }) => name)).toEqual(["id", "label", "stock"]);
      expect(now.rows).toEqual([
        ["1", "milk", null],
        ["2", "bread", null],
        ["3", "eggs", "12"],
      ]);
    });

    it("reads a table that nothing was written to as empty", async () => {
      const empty = await rows(all, at(0));
      expect(empty).toMatchObject({ rows: [], columns: [{ name: "id" }, { name: "name" }] });
    });

    it("reads an earlier snapshot in the shape that it had", async () => {
      const then = await rows(all, at(2, { snapshotId: made.snapshots[0] }));
      expect(then.columns.map(({ name }) => name)).toEqual(["id", "name"]);
      expect(then.rows).toEqual([
        ["1", "milk"],
        ["2", "bread"],
      ]);
    });

    it("reads only the rows of the files that it is told", async () => {
      const [first] = made.files;
      const some = await rows(all, at(2, { onlyFiles: [first] }));
      expect(some.rows).toEqual([["3", "eggs", "12"]]);
      expect((await rows(all, at(2, { onlyFiles: [] }))).rows).toEqual([]);
    });

    it("reads two moments of a table side by side", async () => {
      const tables = [
        { ...at(1), name: "time_travel.t0.products" },
        { ...at(2), name: "time_travel.t1.products" },
      ];
      const sql =
        "SELECT b.id FROM time_travel.t1.products b ANTI JOIN time_travel.t0.products a ON a.id = b.id";
      expect((await engine.rows(sql, { tables, limit: 9 })).rows).toEqual([["3"]]);
    });

    it("reaches neither other tables nor the catalog's own functions", async () => {
      const other = made.secret;
      for (const sql of [
        `SELECT * FROM iceberg_scan('${other}')`,
        `SELECT * FROM iceberg_scan('${made.locations[2]}')`,
        `SELECT * FROM iceberg_metadata('${made.locations[2]}')`,
        `SELECT * FROM iceberg_snapshots('${other}')`,
        `SELECT * FROM iceberg_column_stats('${other}')`,
        `SELECT * FROM ICEBERG_SCAN('${other}')`,
        `SELECT * FROM read_avro('${other}')`,
        `SELECT * FROM "${other}"`,
        `SELECT * FROM '${made.files[0]}'`,
        `SELECT * FROM read_parquet('${made.files[0]}')`,
        "SELECT * FROM lake.shop.secrets",
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM which_secret('s3://a/b', 's3')",
        "SELECT * FROM duckdb_views()",
        "ATTACH 'x' AS y (TYPE iceberg)",
        "LOAD httpfs",
        "INSTALL httpfs",
      ]) {
        await expect(rows(sql, at(2)), sql).rejects.toMatchObject({ code: "invalid_input" });
      }
    });

    it("refuses a table outside of the lake, and one behind a link that leads out of it", async () => {
      const outside = join(root, "outside");
      await mkdir(join(outside, "metadata"), { recursive: true });
      await symlink(outside, join(root, "lake", "inside"));
      for (const folder of [outside, join(root, "lake", "inside")]) {
        const table = { name: NAME, metadataLocation: join(folder, "metadata", "v1.metadata.json") };
        await expect(rows(all, table)).rejects.toMatchObject({ code: "invalid_input" });
      }
    });

    it("reads a lake whose folder is reached by a link", async () => {
      const table = made.locations[2]?.replace(join(root, "lake"), join(root, "other-name")) ?? "";
      await symlink(join(root, "lake"), join(root, "other-name"));
      expect((await rows(all, { name: NAME, metadataLocation: table })).rows).toHaveLength(3);
      expect((await rows(all, at(2))).rows).toHaveLength(3);
    });
  });
}
