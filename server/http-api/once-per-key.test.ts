import { beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../domain/shared/failure";
import { memoryKeyHolds } from "../engines/memory/key-holds";
import { type Answer, oncePerKey } from "./once-per-key";
import type { IdempotencyRows } from "./store";

type Row = {
  workspaceId: string;
  key: string;
  requestHash: string;
  status: number;
  response: unknown;
  createdAt: Date;
};

/** The few calls of the store, over a list. */
function memoryRows(): IdempotencyRows {
  let rows: Row[] = [];
  const same = (row: Row, key: { workspaceId: string; key: string }) =>
    row.workspaceId === key.workspaceId && row.key === key.key;
  const idempotencyKey = {
    async upsert({ where, create, update }: { where: { workspaceId_key: Row }; create: Row; update: Row }) {
      const row = rows.find((each) => same(each, where.workspaceId_key));
      if (row === undefined) rows.push({ ...create });
      else Object.assign(row, update);
    },
    findUnique: async ({ where }: { where: { workspaceId_key: Row } }) =>
      rows.find((row) => same(row, where.workspaceId_key)) ?? null,
    async updateMany({ where, data }: { where: Row; data: Partial<Row> }) {
      for (const row of rows) if (same(row, where)) Object.assign(row, data);
    },
    async deleteMany({ where }: { where: Partial<Row> & { createdAt?: { lt: Date } } }) {
      const { createdAt, ...key } = where;
      rows = rows.filter((row) =>
        createdAt === undefined ? !same(row, key as Row) : row.createdAt >= createdAt.lt,
      );
    },
  };
  return { idempotencyKey } as unknown as IdempotencyRows;
}

let now: Date;
let db: IdempotencyRows;
let held: Set<string>;
let calls: number;
beforeEach(() => {
  held = new Set();
  now = new Date("2026-02-01T00:00:00Z");
  db = memoryRows();
  calls = 0;
});
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const act = async (): Promise<Answer> => ({ status: 202, body: { id: ++calls } });
const once = (key: string, hash = "h", work = act, workspaceId = "w") =>
  oncePerKey({ db, keyHolds: memoryKeyHolds(held), clock: { now: () => now }, workspaceId }, key, hash, work);
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "done",
    (error: Failure) => error.code,
  );

describe("oncePerKey", () => {
  it("gives a repeated request the first answer, for a day", async () => {
    expect(await once("k")).toEqual({ status: 202, body: { id: 1 } });
    expect(await once("k")).toEqual({ status: 202, body: { id: 1 } });
    expect((await once("k", "h", act, "other workspace")).body).toEqual({ id: 2 });
    later(25 * 60);
    expect((await once("k")).body).toEqual({ id: 3 });
  });

  it("refuses the key for another request, and while the first is under way", async () => {
    await once("k");
    expect(await codeOf(once("k", "another"))).toBe("invalid_input");
    let finish: (answer: Answer) => void = () => {};
    const slow = once("slow", "h", () => new Promise((resolve) => (finish = resolve)));
    await new Promise((resolve) => setTimeout(resolve, 5));
    later(10);
    expect(await codeOf(once("slow"))).toBe("conflict");
    expect(await codeOf(once("slow", "another"))).toBe("invalid_input");
    finish({ status: 202, body: { id: "slow" } });
    await slow;
    expect((await once("slow")).body).toEqual({ id: "slow" });
  });

  it("forgets a failure at once", async () => {
    const fail = () => Promise.reject(new Failure("engine_unavailable", "away"));
    expect(await codeOf(once("k", "h", fail))).toBe("engine_unavailable");
    expect((await once("k")).body).toEqual({ id: 1 });
  });

  it("takes over at once what a process was at that is gone, for the same request", async () => {
    void once("left", "h", () => new Promise(() => {}));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await codeOf(once("left"))).toBe("conflict");
    held.clear();
    expect(await codeOf(once("left", "another"))).toBe("invalid_input");
    expect((await once("left")).body).toEqual({ id: 1 });
    expect((await once("left")).body).toEqual({ id: 1 });
  });
});
