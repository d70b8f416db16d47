import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { QueryEngine } from "../../../domain/ports/query-engine";
import { duckdbQueryEngine } from "./duckdb-query-engine";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const { CONTRACT_LAKE_PYTHON: python = "", DUCKDB_EXTENSIONS_DIR: extensionsDir = "" } = process.env;
const MAKER = fileURLToPath(new URL("./make-iceberg-table.py", import.meta.url));
const NAME = "lake.shop.products";
const KEY = "key-of-the-test";
const SECRET = "secret-of-the-test";

if (python === "" || extensionsDir === "") {
  describe("DuckDB on a bucket", () => {
    it.skip("needs CONTRACT_LAKE_PYTHON and DUCKDB_EXTENSIONS_DIR, the lake's packages with those of its tests", () => {});
  });
} else {
  describe("DuckDB on a bucket", () => {
    let root: string;
    let server: ChildProcess;
    let engine: QueryEngine;
    let made: { locations: string[]; snapshots: string[]; files: string[]; secret: string };

    beforeAll(async () => {
      root = await mkdtemp(join(tmpdir(), "bucket-"));
      await mkdir(join(root, "lake"));
      const port = await freePort();
      const endpoint = `http://127.0.0.1:${port}`;
      server = spawn(python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
        stdio: "ignore",
      });
      while (
        !(await fetch(endpoint).then(
          () => true,
          () => false,
        ))
      )
        await sleep(50);
      const args = [MAKER, "s3://test-lake/inside", join(root, "catalog.db"), endpoint, KEY, SECRET];
      made = JSON.parse((await promisify(execFile)(python, args)).stdout) as typeof made;
      engine = duckdbQueryEngine({
        processPath: fileURLToPath(new URL("./duckdb-process.ts", import.meta.url)),
        execArgv: ["--import", "tsx"],
        memoryLimitBytes: 512 * 1024 ** 2,
        threads: 2,
        tempDir: join(root, "tmp"),
        readableDirs: ["s3://test-lake/inside", join(root, "lake")],
        writableDirs: ["s3://test-lake/inside"],
        extensionsDir,
        s3: {
          endpoint,
          region: "us-east-1",
          accessKeyId: KEY,
          secretAccessKey: SECRET,
          scope: "s3://test-lake/inside",
        },
      });
    }, 120_000);
    afterAll(async () => {
      await engine?.close();
      const gone = once(server, "exit");
      server.kill("SIGKILL");
      await gone;
      await rm(root, { recursive: true, force: true });
    });

    const table = (more: object = {}) => ({ name: NAME, metadataLocation: made.locations[2] ?? "", ...more });
    const rows = (sql: string, given: object = {}) =>
      engine.rows(sql, { tables: [table(given)], limit: 100 });

    it("reads a table and its past", async () => {
      expect((await rows(`SELECT * FROM ${NAME} ORDER BY id`)).rows).toEqual([
        ["1", "milk", null],
        ["2", "bread", null],
        ["3", "eggs", "12"],
      ]);
      expect((await rows(`SELECT count(*) FROM ${NAME}`, { snapshotId: made.snapshots[0] })).rows).toEqual([
        ["2"],
      ]);
      expect((await rows(`SELECT id FROM ${NAME}`, { onlyFiles: made.files.slice(0, 1) })).rows).toEqual([
        ["3"],
      ]);
    });

    it("writes a result as an object, and reads it", async () => {
      const path = "s3://test-lake/inside/staging/k/rows.parquet";
      const written = await engine.writeParquet(`SELECT * FROM ${NAME}`, path, { tables: [table()] });
      expect(written).toMatchObject({ rowCount: 3 });
      expect(written.bytes).toBeGreaterThan(100);
      const again = await engine.rows("SELECT count(*) FROM lake.a.b", {
        tables: [{ name: "lake.a.b", uris: [path] }],
        limit: 1,
      });
      expect(again.rows).toEqual([["3"]]);
    });

    it("reaches nothing else of the bucket, the network or the machine", async () => {
      for (const sql of [
        `SELECT * FROM iceberg_scan('${made.secret}')`,
        `SELECT * FROM read_parquet('${made.files[0]}')`,
        "SELECT * FROM 's3://test-lake/inside/shop/secrets/data/*.parquet'",
        "SELECT * FROM 'http://127.0.0.1/x.parquet'",
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM which_secret('s3://test-lake/inside/x', 's3')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT current_setting('s3_secret_access_key')",
      ]) {
        await expect(rows(sql), sql).rejects.toMatchObject({ code: "invalid_input" });
      }
      const elsewhere = { name: NAME, metadataLocation: "s3://test-lake/other/metadata/v1.metadata.json" };
      const reading = engine.rows(`SELECT * FROM ${NAME}`, { tables: [elsewhere], limit: 1 });
      await expect(reading).rejects.toMatchObject({ code: "invalid_input" });
      const writing = engine.writeParquet("SELECT 1 AS x", "s3://test-lake/other/x.parquet", { tables: [] });
      await expect(writing).rejects.toMatchObject({ code: "invalid_input" });
    });

    it("never shows the access in a failure", async () => {
      const gone = { metadataLocation: "s3://test-lake/inside/none/metadata/v1.metadata.json" };
      const shown = await rows(`SELECT * FROM ${NAME}`, gone).then(
        () => "",
        (failure: Error) => JSON.stringify(failure) + failure.message,
      );
      expect(shown).not.toBe("");
      expect(shown).not.toContain(SECRET);
      expect(shown).not.toContain(KEY);
    });
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
