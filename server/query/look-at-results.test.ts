import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { tableFromIPC } from "@uwdata/flechette";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ResultReader } from "../../domain/ports/result-reader";
import { SPOOL_FILES } from "../../domain/query/result-spool";
import { Failure } from "../../domain/shared/failure";
import type { Role } from "../../domain/workspaces/role";
import { memoryQueryEngines } from "../engines/memory/query-engines";
import type { StreamedAnswer } from "../http-api/streamed-answer";
import { askResult } from "./look/ask-result";
import { exportFile, exportResult } from "./look/export-result";
import { forgetResult } from "./look/forget-result";
import { openView } from "./look/open-view";
import { readRows } from "./look/read-rows";
import { queryWorld } from "./query-world";
import { letOldResultsGo } from "./running/let-go";
import { cancelQuery } from "./runs/cancel-query";
import { getQuery } from "./runs/get-query";
import { StartQueryInput, startQuery } from "./runs/start-query";

let engines: ReturnType<typeof memoryQueryEngines>;
let world: Awaited<ReturnType<typeof queryWorld>>;

beforeEach(async () => {
  engines = memoryQueryEngines();
  world = await queryWorld(engines);
});
afterEach(() => world.close());

const run = async (role: Role = "viewer") => {
  const { id } = await startQuery(world.as(role), StartQueryInput.parse({ sql: "SELECT 1" }));
  return (await world.end(world.as(role), id)).id;
};
const bytesOf = async (answer: StreamedAnswer) => new Uint8Array(await answer.toResponse().arrayBuffer());
const textOf = async (answer: StreamedAnswer) => new TextDecoder().decode(await bytesOf(answer));
const rows = (role: Role, id: string, more: object = {}) =>
  readRows(world.as(role), { id, offset: 0, limit: 100, ...more });

describe("the rows of a result", () => {
  it("are read as windows of Arrow, by whoever ran it and by engineers", async () => {
    const id = await run();
    const answer = await rows("viewer", id);
    expect(answer.headers).toMatchObject({
      "Content-Type": "application/vnd.apache.arrow.stream",
      "Cache-Control": "private, no-store",
      "X-First-Row": "0",
      "X-Rows-Kept": "3",
      "X-Complete": "true",
    });
    expect(tableFromIPC(await bytesOf(answer)).numRows).toBe(3);
    expect((await rows("engineer", id)).headers["X-Rows-Kept"]).toBe("3");
    await expect(rows("analyst", id)).rejects.toMatchObject({ code: "not_found" });
    const elsewhere = world.as("admin", { workspace: { id: "x", slug: "x", name: "X" } });
    await expect(readRows(elsewhere, { id, offset: 0, limit: 1 })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("are sorted and filtered once, and asked within the view", async () => {
    const id = await run();
    const view = {
      sort: [{ column: 0, descending: true }],
      filters: [{ column: 0, operator: ">" as const, value: 1 }],
      search: "",
    };
    engines.readings.push([[2], [1]]);
    const opened = await openView(world.as("viewer"), { id, view });
    expect(opened).toEqual({ viewId: expect.stringMatching(/^[0-9a-f]{32}$/), rows: 2 });
    expect(await openView(world.as("viewer"), { id, view })).toEqual(opened);
    expect(engines.resultReader.asked).toHaveLength(1);
    const window = await rows("viewer", id, { view: opened.viewId, offset: 1 });
    expect(window.headers).toMatchObject({ "X-First-Row": "1", "X-Rows-Kept": "2" });
    expect(JSON.parse(await textOf(window))).toMatchObject({ offset: 1, limit: 1 });
    engines.readings.push([["3"]]);
    const sql = "SELECT max(c0) FROM result";
    expect(await askResult(world.as("viewer"), { id, viewId: opened.viewId, sql })).toEqual({
      rows: [["3"]],
    });
    expect(engines.resultReader.asked.at(-1)).toMatch(
      /^WITH result AS .*c0 > .*SELECT max\(c0\) FROM result$/s,
    );
    const file = await exportFile(world.as("viewer"), { id, format: "csv", view: opened.viewId });
    expect(JSON.parse(await textOf(file))).toMatchObject({
      format: "csv",
      order: expect.stringContaining(opened.viewId),
    });
    await expect(rows("viewer", id, { view: "0".repeat(32) })).rejects.toMatchObject({ code: "not_found" });
  });

  it("are not sorted while the statement still runs", async () => {
    engines.replies.push(() => new Promise(() => {}));
    const { id } = await startQuery(world.as("viewer"), StartQueryInput.parse({ sql: "SELECT 1" }));
    await expect(
      openView(world.as("viewer"), { id, view: { sort: [], filters: [], search: "x" } }),
    ).rejects.toMatchObject({ code: "conflict", retryable: true });
    await cancelQuery(world.as("viewer"), { id });
  });

  it("are given to programs as JSON, and as the Arrow stream that lies on the disk", async () => {
    const id = await run();
    engines.readings.push([[1], [2], [3]]);
    const json = await exportResult(world.as("viewer"), { id, format: "json", offset: 0 });
    expect(JSON.parse(await textOf(json))).toEqual({
      columns: [{ name: "id", type: "BIGINT" }],
      rows: [[1], [2], [3]],
    });
    const arrow = await exportResult(world.as("viewer"), { id, format: "arrow", offset: 0 });
    const kept = await readFile(join(world.resultsDir, "w", "queries", id, SPOOL_FILES.data));
    expect(Buffer.from(await bytesOf(arrow)).equals(kept)).toBe(true);
    const some = await exportResult(world.as("viewer"), { id, format: "parquet", offset: 1, limit: 1 });
    expect(JSON.parse(await textOf(some))).toMatchObject({ format: "parquet" });
    expect(engines.resultReader.asked.at(-1)).toContain("row_number >= 1 AND row_number < 2");
    expect(
      (await readdir(join(world.resultsDir, "w", "queries", id))).filter((name) => name.endsWith(".part")),
    ).toEqual([]);
  });

  it("are given as JSON in smaller parts where long rows are too much at once", async () => {
    const id = await run();
    let answered = 0;
    const reader: ResultReader = {
      ...engines.resultReader,
      rows: async (_sources, sql) => {
        const [, from = 0, to = 0] = (/>= (\d+) AND row_number < (\d+)/.exec(sql) ?? []).map(Number);
        if (to - from > 1) throw new Failure("resource_exhausted", "This answer is too large.");
        answered += 1;
        return [[from]];
      },
    };
    const scope = world.as("viewer", { resultReader: reader });
    const json = await exportResult(scope, { id, format: "json", offset: 0 });
    expect(JSON.parse(await textOf(json)).rows).toEqual([[0], [1], [2]]);
    expect(answered).toBe(3);
  });

  it("leave nothing behind where they are let go while they are being sorted", async () => {
    const id = await run();
    const reader: ResultReader = {
      ...engines.resultReader,
      order: async () => {
        await forgetResult(world.as("viewer"), { id });
        return { rows: 3, totalRows: 3 };
      },
    };
    const scope = world.as("viewer", { resultReader: reader });
    const view = { sort: [{ column: 0, descending: true }], filters: [], search: "" };
    await expect(openView(scope, { id, view })).rejects.toMatchObject({ code: "not_found" });
    expect(await readdir(join(world.resultsDir, "w", "queries"))).toEqual([]);
  });

  it("are not sorted where the disk has no room for an order of them", async () => {
    const id = await run();
    const scope = world.as("viewer", {
      queryLimits: { ...world.limits, freeBytes: Number.MAX_SAFE_INTEGER },
    });
    const view = { sort: [], filters: [], search: "x" };
    await expect(openView(scope, { id, view })).rejects.toMatchObject({ code: "resource_exhausted" });
  });

  it("are let go when they are not wanted any longer; the statement stays", async () => {
    const id = await run();
    await expect(forgetResult(world.as("engineer"), { id })).rejects.toMatchObject({ code: "forbidden" });
    await forgetResult(world.as("viewer"), { id });
    expect(await getQuery(world.as("viewer"), { id })).toMatchObject({
      status: "succeeded",
      resultKept: false,
    });
    await expect(rows("viewer", id)).rejects.toMatchObject({ code: "not_found" });
    expect(await readdir(join(world.resultsDir, "w", "queries"))).toEqual([]);
  });

  it("are let go when they are too old, or too many for their workspace, the oldest first", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      world.time.now = new Date(world.time.now.getTime() + 1_000);
      ids.push(await run());
    }
    const { bytes } = await getQuery(world.as("viewer"), { id: ids[0] ?? "" });
    const scope = world.as("viewer", { queryLimits: { ...world.limits, workspaceBytes: 2 * bytes } });
    expect(await letOldResultsGo(scope, world.time.now)).toEqual([ids[0]]);
    expect(await letOldResultsGo(scope, new Date(world.time.now.getTime() + world.limits.keptMs))).toEqual([
      ids[1],
    ]);
    expect(await readdir(join(world.resultsDir, "w", "queries"))).toEqual([ids[2]]);
    expect((await getQuery(world.as("viewer"), { id: ids[1] ?? "" })).resultKept).toBe(false);
  });

  it("are let go for one that has just become whole", async () => {
    const id = await run();
    const { bytes } = await getQuery(world.as("viewer"), { id });
    const scope = world.as("viewer", { queryLimits: { ...world.limits, workspaceBytes: bytes + 9 } });
    const made = (more: number) => letOldResultsGo(scope, world.time.now, { workspaceId: "w", bytes: more });
    expect(await made(9)).toEqual([]);
    expect(await made(10)).toEqual([id]);
  });

  it("are said to be gone where somebody removed them from the disk", async () => {
    const id = await run();
    await rm(join(world.resultsDir, "w", "queries", id), { recursive: true });
    await expect(rows("viewer", id)).rejects.toMatchObject({ code: "not_found" });
  });
});
