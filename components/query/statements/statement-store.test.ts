import { describe, expect, it } from "vitest";
import type { QueryRun } from "@/domain/query/query-run";
import { fakeRun } from "./fake-run";
import { type Executor, type NewStatement, statementStore } from "./statement-store";

const statement = (key: string, number = 1): NewStatement => ({
  key,
  draftId: "draft",
  number,
  sql: `SELECT '${key}'`,
  dialect: "trino",
  engine: "auto",
  parameters: [],
  savedQuery: null,
  previewOf: null,
});

/** An engine whose statements end when the test says so. */
function engine() {
  const started: string[] = [];
  const ends = new Map<string, (run: Partial<QueryRun> | Error) => void>();
  const execute: Executor = ({ sql }, { onRun, signal }) =>
    new Promise((resolve, reject) => {
      started.push(sql);
      onRun(fakeRun({ sql, status: "running" }));
      ends.set(sql, (end) => (end instanceof Error ? reject(end) : resolve(fakeRun({ sql, ...end }))));
      signal.addEventListener("abort", () => resolve(fakeRun({ sql, status: "cancelled" })));
    });
  const store = statementStore(execute, {
    now: () => 0,
    failureOf: (error) => ({ code: "bug", message: (error as Error).message, hint: null }),
    follow: (runId, options) => execute({ ...statement("x"), sql: `SELECT '${runId}'` }, options),
  });
  return {
    store,
    started,
    end: (key: string, end: Partial<QueryRun> | Error = {}) => ends.get(`SELECT '${key}'`)?.(end),
    states: () => store.all().map(({ key, status }) => `${key} ${status}`),
  };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("statements that are run together", () => {
  it("run one after the other", async () => {
    const { store, started, end, states } = engine();
    const all = store.run([statement("a", 1), statement("b", 2)]);
    await settled();
    expect(started).toEqual(["SELECT 'a'"]);
    expect(states()).toEqual(["a running", "b queued"]);
    end("a");
    await settled();
    expect(states()).toEqual(["a succeeded", "b running"]);
    end("b");
    await all;
    expect(states()).toEqual(["a succeeded", "b succeeded"]);
  });

  it("stop at the first that fails, and say so", async () => {
    const { store, end, states, started } = engine();
    const all = store.run([statement("a", 1), statement("b", 2), statement("c", 3)]);
    await settled();
    end("a", { status: "failed" });
    await all;
    expect(states()).toEqual(["a failed", "b skipped", "c skipped"]);
    expect(store.all()[2]?.failure?.message).toContain("statement 1 failed");
    expect(started).toHaveLength(1);
  });

  it("stop where one cannot even be started", async () => {
    const { store, end, states } = engine();
    const all = store.run([statement("a"), statement("b", 2)]);
    await settled();
    end("a", new Error("no server"));
    await all;
    expect(states()).toEqual(["a failed", "b skipped"]);
    expect(store.all()[0]?.failure?.message).toBe("no server");
  });

  it("stop where one is cancelled", async () => {
    const { store, states } = engine();
    const all = store.run([statement("a"), statement("b", 2)]);
    await settled();
    store.cancel(["a"]);
    await all;
    expect(states()).toEqual(["a cancelled", "b skipped"]);
  });

  it("can be a thousand", async () => {
    const ran: string[] = [];
    const store = statementStore(
      async ({ sql }) => {
        ran.push(sql);
        return fakeRun({ sql });
      },
      {
        now: () => 0,
        failureOf: () => ({ code: "bug", message: "", hint: null }),
        follow: async () => fakeRun(),
      },
    );
    await store.run(Array.from({ length: 1000 }, (_, index) => statement(`s${index}`, index + 1)));
    expect(ran).toHaveLength(1000);
    expect(store.all().every(({ status }) => status === "succeeded")).toBe(true);
  });
});

describe("statements that are run apart", () => {
  it("run beside each other, three at a time", async () => {
    const { store, started, end } = engine();
    for (const key of ["a", "b", "c", "d"]) void store.run([statement(key)]);
    await settled();
    expect(started).toHaveLength(3);
    end("b");
    await settled();
    expect(started).toHaveLength(4);
  });

  it("keep their place when they are run again, and what ran before is cancelled", async () => {
    const { store, states, started } = engine();
    void store.run([statement("a")]);
    void store.run([statement("b")]);
    await settled();
    void store.run([statement("a")]);
    await settled();
    expect(states()).toEqual(["a running", "b running"]);
    expect(started).toEqual(["SELECT 'a'", "SELECT 'b'", "SELECT 'a'"]);
  });

  it("are cancelled where they wait", async () => {
    const { store, states, end } = engine();
    for (const key of ["a", "b", "c", "d"]) void store.run([statement(key)]);
    await settled();
    store.cancel(["d"]);
    end("a");
    await settled();
    expect(states()[3]).toBe("d cancelled");
  });

  it("are cancelled when their tab is closed", async () => {
    const { store, states } = engine();
    const all = store.run([statement("a")]);
    await settled();
    store.close(["a"]);
    await all;
    expect(states()).toEqual([]);
  });
});

describe("a run of the past", () => {
  const past = (status: QueryRun["status"]) => {
    const run = fakeRun({ id: "past", status });
    return { ...statement("run-past", 0), status, run, failure: null, askedAt: 0 };
  };

  it("is shown as it ended", async () => {
    const { store, started, states } = engine();
    store.show(past("succeeded"));
    await settled();
    expect(states()).toEqual(["run-past succeeded"]);
    expect(started).toEqual([]);
  });

  it("is followed while it is under way, and can be cancelled", async () => {
    const { store, end, states } = engine();
    store.show(past("running"));
    await settled();
    expect(states()).toEqual(["run-past running"]);
    end("past");
    await settled();
    expect(states()).toEqual(["run-past succeeded"]);
    store.show(past("running"));
    await settled();
    store.cancel(["run-past"]);
    await settled();
    expect(states()).toEqual(["run-past cancelled"]);
  });
});
