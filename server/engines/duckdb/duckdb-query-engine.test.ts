import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { access, mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { QueryEngine } from "../../../domain/ports/query-engine";
import type { DuckdbRequest, StatementSettings } from "./duckdb-messages";
import { duckdbQueryEngine } from "./duckdb-query-engine";

const processPath = fileURLToPath(new URL("./duckdb-process.ts", import.meta.url));

const FOREVER =
  "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE hash(a.range + b.range) = 1";
const HUNGRY = "SELECT list(range::VARCHAR || 'some text that takes room') FROM range(50000000)";

describe("duckdbQueryEngine", () => {
  let root: string;
  let lake: string;
  let engine: QueryEngine;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "duckdb-"));
    lake = join(root, "lake");
    await mkdir(lake);
    engine = duckdbQueryEngine({
      processPath,
      execArgv: ["--import", "tsx"],
      memoryLimitBytes: 128 * 1024 ** 2,
      threads: 2,
      tempDir: join(root, "tmp"),
      readableDirs: [lake],
      writableDirs: [lake],
    });
  });
  afterAll(async () => {
    await engine.close();
    await rm(root, { recursive: true, force: true });
  });

  const one = () => engine.rows("SELECT 1", { tables: [], limit: 1 });
  const childPid = () =>
    Number(
      execFileSync("pgrep", ["-P", String(process.pid), "-f", "duckdb-process"])
        .toString()
        .split("\n")[0],
    );

  it("fails what was in flight when its process is killed, and starts again", async () => {
    await one();
    const running = engine.rows(FOREVER, { tables: [], limit: 1 });
    const settled = expect(running).rejects.toMatchObject({ code: "resource_exhausted", retryable: true });
    setTimeout(() => process.kill(childPid(), "SIGKILL"), 100);
    await settled;
    expect((await one()).rows).toEqual([[1]]);
  });

  it("calls a crash of its process unavailable, to be tried again", async () => {
    await one();
    const running = engine.rows(FOREVER, { tables: [], limit: 1 });
    const settled = expect(running).rejects.toMatchObject({ code: "engine_unavailable", retryable: true });
    setTimeout(() => process.kill(childPid(), "SIGSEGV"), 100);
    await settled;
    expect((await one()).rows).toEqual([[1]]);
  });

  it("leaves with its parent, in the middle of a statement too", async () => {
    const child = fork(processPath, [], { execArgv: ["--import", "tsx"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    const left = once(child, "exit");
    const path = join(lake, "endless.parquet");
    const settings: StatementSettings = {
      limits: { memoryLimitBytes: 128 * 1024 ** 2, threads: 1, tempDir: root },
      extensions: { dir: null, cacheDir: root },
      s3: null,
    };
    const sql = "SELECT range, hash(range) AS h FROM range(3000000000000)";
    child.send({
      id: 1,
      work: { kind: "writeParquet", sql, tables: [], settings, path, partialPath: `${path}.partial` },
    } satisfies DuckdbRequest);
    await vi.waitFor(() => access(`${path}.partial`), 10_000);
    child.disconnect();
    expect(await left).toEqual([null, "SIGKILL"]);
    await rm(`${path}.partial`);
  });

  it("says that memory ran out, and goes on", async () => {
    const hungry = engine.rows(HUNGRY, { tables: [], limit: 1 });
    await expect(hungry).rejects.toMatchObject({ code: "resource_exhausted" });
    expect((await one()).rows).toEqual([[1]]);
  });

  it("lets a statement that waits for its turn be cancelled", async () => {
    const controller = new AbortController();
    const running = [1, 2].map(() =>
      engine.rows(FOREVER, { tables: [], limit: 1, signal: controller.signal }),
    );
    const waiting = engine.rows("SELECT 1", { tables: [], limit: 1, timeoutMs: 200 });
    await expect(waiting).rejects.toMatchObject({ code: "timed_out" });
    const settled = running.map((it) => expect(it).rejects.toMatchObject({ code: "cancelled" }));
    controller.abort();
    await Promise.all(settled);
    expect((await one()).rows).toEqual([[1]]);
  });

  it("numbers plain columns as a new table of the lake does", async () => {
    const plain = join(lake, "plain.parquet");
    const nested = join(lake, "nested.parquet");
    await engine.writeParquet(`SELECT 1 AS "a ""b", 1.5::DECIMAL(9, 2) AS c`, plain, { tables: [] });
    await engine.writeParquet("SELECT 1 AS a, [1] AS b", nested, { tables: [] });
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    const ids = async (path: string) => {
      const read = await connection.runAndReadAll(
        `SELECT field_id FROM parquet_schema('${path}') WHERE name <> 'duckdb_schema'`,
      );
      return read.getRows().flat();
    };
    expect(await ids(plain)).toEqual([1n, 2n]);
    expect(new Set(await ids(nested))).toEqual(new Set([null]));
    connection.closeSync();
    instance.closeSync();
  });

  it("writes and reads only in its folders, links included", async () => {
    const outside = join(root, "outside.parquet");
    const written = engine.writeParquet("SELECT 1 AS x", outside, { tables: [] });
    await expect(written).rejects.toMatchObject({ code: "invalid_input" });
    await symlink(root, join(lake, "way-out"));
    const linked = engine.writeParquet("SELECT 1 AS x", join(lake, "way-out", "x.parquet"), { tables: [] });
    await expect(linked).rejects.toMatchObject({ code: "invalid_input" });
    const read = engine.rows("SELECT 1", { tables: [{ name: "a.b.c", uris: [outside] }], limit: 1 });
    await expect(read).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("reaches no other file of the lake than those it was given", async () => {
    const path = join(lake, "other.parquet");
    await engine.writeParquet("SELECT 1 AS x", path, { tables: [] });
    for (const sql of [
      `SELECT * FROM '${path}'`,
      `SELECT * FROM read_parquet('${path}')`,
      `SELECT * FROM (WITH "${path}" AS (SELECT 2) SELECT * FROM "${path}") a, "${path}" b`,
      `SELECT * FROM query('SELECT * FROM ''${path}''')`,
      "SELECT * FROM duckdb_settings()",
      "SHOW ALL TABLES",
      "SELECT getenv('HOME')",
      "SELECT current_setting('allowed_paths')",
    ]) {
      await expect(engine.rows(sql, { tables: [], limit: 1 })).rejects.toMatchObject({
        code: "invalid_input",
      });
    }
  });

  it("leaves no partial file behind", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const path = join(lake, "never.parquet");
    const sql = "SELECT range, hash(range) AS h FROM range(3000000000)";
    const writing = engine.writeParquet(sql, path, { tables: [], signal: controller.signal });
    await expect(writing).rejects.toMatchObject({ code: "cancelled" });
    expect((await readdir(lake)).filter((file) => file.includes("never"))).toEqual([]);
  });
});
