import { columnFromArray, int32, tableFromColumns, tableToIPC } from "@uwdata/flechette";
import { describe, expect, it } from "vitest";
import { failureOf } from "@/components/ui/failure-of";
import { fetchWindow } from "./fetch-window";
import { serverResultSource } from "./server-result-source";

const body = () =>
  tableToIPC(tableFromColumns([["n", columnFromArray([7, 8], int32())]]), {}) ?? new Uint8Array();
const rows = (first: string) =>
  new Response(body().slice().buffer as ArrayBuffer, { headers: { "X-First-Row": first } });
const problem = (status: number, code: string) =>
  Response.json({ status, code, detail: `It is ${code}.`, hint: "Wait." }, { status });

/** Answers requests one after the other; what is an error is thrown. */
function answering(...answers: (Response | Error)[]) {
  const urls: string[] = [];
  const ask = async (url: unknown) => {
    urls.push(String(url));
    const answer = answers.shift() ?? new Error("asked too often");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { ask: ask as unknown as typeof fetch, urls };
}
const request = { workspace: "my ws", queryId: "q1", viewId: null, offset: 5, limit: 10 };
const alive = () => new AbortController().signal;

describe("fetchWindow", () => {
  it("reads rows that begin where the server says", async () => {
    const { ask, urls } = answering(rows("4"));
    const window = await fetchWindow(request, alive(), { ask });
    expect(window.firstRow).toBe(4);
    expect(window.table.getChildAt(0)?.at(1)).toBe(8);
    expect(urls).toEqual(["/api/results/my%20ws/q1/rows?offset=5&limit=10"]);
  });

  it("tries again what may pass by itself, and then says what it was", async () => {
    const passing = answering(new TypeError("network"), problem(503, "engine_unavailable"), rows("5"));
    expect((await fetchWindow(request, alive(), { ask: passing.ask, pausesMs: [0, 0] })).firstRow).toBe(5);
    const dead = answering(new TypeError("a"), new TypeError("b"), new TypeError("c"));
    const error = await fetchWindow(request, alive(), { ask: dead.ask, pausesMs: [0, 0] }).catch(
      (e: unknown) => e,
    );
    expect(failureOf(error)).toMatchObject({ code: "network" });
    expect(dead.urls).toHaveLength(3);
  });

  it("does not repeat what stays as it is", async () => {
    const { ask, urls } = answering(problem(404, "not_found"));
    const error = await fetchWindow(request, alive(), { ask, pausesMs: [0] }).catch((e: unknown) => e);
    expect(failureOf(error)).toEqual({ code: "not_found", message: "It is not_found.", hint: "Wait." });
    expect(urls).toHaveLength(1);
  });

  it("stops waiting when it is aborted", async () => {
    const controller = new AbortController();
    const { ask } = answering(new TypeError("network"), rows("5"));
    const pending = fetchWindow(request, controller.signal, { ask, pausesMs: [60_000] });
    controller.abort(new Error("scrolled past"));
    await expect(pending).rejects.toThrow("scrolled past");
  });
});

describe("serverResultSource", () => {
  const make = () =>
    serverResultSource({
      workspace: "w",
      queryId: "q",
      columns: [{ name: "n", type: "INTEGER" }],
      extent: { rows: 10, isComplete: false },
      procedures: {
        view: async () => ({ viewId: "v1", rows: 3 }),
        rowsOf: async (sql, viewId) => [[sql, viewId]],
      },
    });

  it("tells of rows that came, once for each change", () => {
    const { source, setExtent } = make();
    let told = 0;
    const stop = source.subscribe(() => {
      told += 1;
    });
    setExtent({ rows: 20, isComplete: false });
    setExtent({ rows: 20, isComplete: false });
    setExtent({ rows: 20, isComplete: true });
    stop();
    setExtent({ rows: 30, isComplete: true });
    expect(told).toBe(2);
    expect([source.rows, source.isComplete]).toEqual([30, true]);
  });

  it("asks a view under its own id, and is itself again without conditions", async () => {
    const { source } = make();
    const whole = { sort: [], filters: [], search: "" };
    const view = await source.view({ ...whole, search: "x" }, alive());
    expect([view.id, view.rows, view.isComplete]).toEqual(["q/v1", 3, true]);
    expect(await view.rowsOf("SELECT 1", alive())).toEqual([["SELECT 1", "v1"]]);
    expect((await view.view(whole, alive())).id).toBe("q");
    expect((await view.exportAs("csv", alive())).url).toContain("view=v1");
  });
});
