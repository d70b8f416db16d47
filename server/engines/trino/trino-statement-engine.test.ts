import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { tableFromIPC } from "@uwdata/flechette";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SPOOL_FILES } from "../../../domain/query/result-spool";
import { Failure } from "../../../domain/shared/failure";
import { column } from "./fake-trino";
import { SUFFIX, statement, type TrinoWorld, trinoWorld } from "./trino-world";

let world: TrinoWorld;
beforeEach(async () => {
  world = await trinoWorld();
});
afterEach(() => world.dispose());

describe("a statement on Trino", () => {
  it("tells when it starts, its columns and how far it is", async () => {
    world.trino.answer(
      "SELECT *",
      { state: "QUEUED" },
      { state: "RUNNING", stats: { progressPercentage: 25, processedRows: 10, processedBytes: 99 } },
      { columns: [column("n", "bigint")], data: [[1]], stats: { processedRows: 40, processedBytes: 400 } },
    );
    const events: unknown[] = [];
    const outcome = await world.run("SELECT *", {
      onStart: () => events.push("start"),
      onColumns: (columns) => events.push(columns),
      onProgress: (progress) => events.push(progress),
    });
    expect(events).toEqual([
      "start",
      { share: 0.25, rowsRead: 10, bytesRead: 99 },
      [{ name: "n", type: "bigint" }],
    ]);
    expect(outcome).toMatchObject({ rows: 1, rowsRead: 40, bytesRead: 400 });
  });

  it("survives a busy server, a lost poll and an engine that takes its time", async () => {
    world.trino.answer(
      "SELECT *",
      { status: 503 },
      { state: "QUEUED" },
      { breaks: true, columns: [column("n", "bigint")], data: [[1]] },
      { status: 503, data: [[2]] },
      { data: [[3]] },
    );
    await world.run("SELECT *");
    const table = tableFromIPC(await readFile(join(world.folder, SPOOL_FILES.data)), { useBigInt: true });
    expect(table.children[0]?.toArray()).toEqual(new BigInt64Array([1n, 2n, 3n]));
  });

  it.each([
    ["is gone", { breaks: true }],
    ["does not know the statement any more", { status: 404 }],
  ])("fails with engine_unavailable where the engine %s, and leaves no result", async (_words, reply) => {
    world.trino.answer("SELECT *", { columns: [column("n", "bigint")], data: [[1]] }, reply, {});
    await expect(world.run("SELECT *")).rejects.toMatchObject({
      code: "engine_unavailable",
      retryable: true,
    });
    expect(existsSync(world.folder)).toBe(false);
  });

  it("does not run twice where its answer was lost", async () => {
    world.trino.answer("SELECT *", { breaks: true });
    await expect(world.run("SELECT *")).rejects.toMatchObject({ code: "engine_unavailable" });
    expect(world.statements()).toEqual(["SELECT *"]);
  });

  it.each([
    ["SYNTAX_ERROR", "USER_ERROR", "invalid_input"],
    ["EXCEEDED_LOCAL_MEMORY_LIMIT", "INSUFFICIENT_RESOURCES", "resource_exhausted"],
    ["EXCEEDED_TIME_LIMIT", "INSUFFICIENT_RESOURCES", "timed_out"],
    ["SERVER_SHUTTING_DOWN", "INTERNAL_ERROR", "engine_unavailable"],
    ["ADMINISTRATIVELY_KILLED", "USER_ERROR", "engine_failed"],
    ["JDBC_ERROR", "EXTERNAL", "engine_failed"],
  ])("fails as Trino says: %s", async (errorName, errorType, code) => {
    world.trino.answer("SELECT *", { error: { message: "so it is", errorName, errorType } });
    await expect(world.run("SELECT *")).rejects.toMatchObject({ code });
  });

  it("says where the mistake is in UTF-16 offsets, in the names of the workspace", async () => {
    const sql = `SELECT '😀'\n, '😀', foo FROM lake_${SUFFIX}.a.b`;
    world.trino.answer(sql, {
      error: {
        message: `line 2:8: Column 'foo' of lake_${SUFFIX}.a.b cannot be resolved`,
        errorName: "COLUMN_NOT_FOUND",
        errorType: "USER_ERROR",
        errorLocation: { lineNumber: 2, columnNumber: 8 },
      },
    });
    await expect(world.run(sql)).rejects.toMatchObject({
      code: "invalid_input",
      message: "Column 'foo' of lake.a.b cannot be resolved.",
      errors: [{ pointer: `/sql/${sql.indexOf("foo")}` }],
    });
  });

  it("is ended in Trino within half a second of a cancel while a poll hangs", async () => {
    world.trino.answer("SELECT *", { columns: [column("n", "bigint")], data: [[1]] }, { hangs: true }, {});
    const cancel = new AbortController();
    const running = world.run("SELECT *", { signal: cancel.signal, onColumns: () => cancel.abort() });
    const rejected = expect(running).rejects.toMatchObject({ code: "cancelled" });
    await vi.waitFor(() => expect(world.trino.ended).toHaveLength(1), { timeout: 20_000, interval: 5 });
    await rejected;
    expect(existsSync(world.folder)).toBe(false);
  });

  it("is ended where its time is over, and where its listener fails", async () => {
    world.trino.answer("SELECT *", { state: "QUEUED" }, { hangs: true }, {});
    await expect(world.run("SELECT *", { timeoutMs: 50 })).rejects.toMatchObject({ code: "timed_out" });
    await vi.waitFor(() => expect(world.trino.ended).toHaveLength(1), { timeout: 20_000, interval: 5 });
    world.trino.answer("SELECT 2", { columns: [column("n", "bigint")], data: [[1]] }, { hangs: true }, {});
    const onColumns = () => {
      throw new Failure("engine_failed", "The disk is full.");
    };
    await expect(world.run("SELECT 2", { onColumns })).rejects.toThrow("The disk is full.");
    await vi.waitFor(() => expect(world.trino.ended).toHaveLength(2), { timeout: 20_000, interval: 5 });
  });

  it("says that it was cancelled, also where that came between two answers", async () => {
    world.trino.answer("SELECT *", { columns: [column("n", "bigint")], data: [[1]] }, { hangs: true }, {});
    const cancel = new AbortController();
    const running = world.run("SELECT *", { signal: cancel.signal, onStart: () => cancel.abort() });
    await expect(running).rejects.toMatchObject({ code: "cancelled" });
  });

  it("does not begin where it was cancelled before", async () => {
    await expect(world.run("SELECT *", { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "cancelled",
    });
    expect(world.statements()).toEqual([]);
  });

  it("becomes a Parquet file by way of a spool that is gone afterwards", async () => {
    world.trino.answer("SELECT *", { columns: [column("n", "bigint")], data: [[1]] });
    const path = join(world.root, "out.parquet");
    await world.engine.writeParquet(statement("SELECT *"), path);
    expect(existsSync(path)).toBe(true);
    expect(await readdir(join(world.root, "temp"))).toEqual([]);
  });
});
