import { describe, expect, it } from "vitest";
import { type Asked, fakeSource, windowOf } from "./fake-source";
import { rowStore, rowsARequest } from "./row-store";

function world(rows: number) {
  const fake = fakeSource(rows);
  const time = { now: 1_000 };
  const timers: { at: number; act: () => void }[] = [];
  const store = rowStore(fake.source, {
    now: () => time.now,
    later: (act, ms) => {
      const timer = { at: time.now + ms, act };
      timers.push(timer);
      return () => {
        timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
      };
    },
  });
  const pass = (ms: number) => {
    const end = time.now + ms;
    for (let due = next(end); due !== undefined; due = next(end)) {
      timers.splice(timers.indexOf(due), 1);
      time.now = due.at;
      due.act();
    }
    time.now = end;
  };
  const next = (end: number) => timers.toSorted((a, b) => a.at - b.at).find(({ at }) => at <= end);
  const answer = async (request: Asked | undefined) => {
    if (request === undefined) throw new Error("Nothing was asked");
    request.answer(windowOf(request.offset, request.limit));
    await Promise.resolve();
    await Promise.resolve();
  };
  return { ...fake, store, pass, answer };
}
const CHUNK = rowsARequest(1);

describe("rowStore", () => {
  it("reads what is in view, then ahead in the direction of the move, and nothing twice", async () => {
    const { store, asked, answer, pass } = world(1_000_000);
    store.want(0, 40);
    expect(asked.map(({ offset, limit }) => [offset, limit])).toEqual([[0, CHUNK]]);
    await answer(asked[0]);
    expect(asked.slice(1).map(({ offset, limit }) => [offset, limit])).toEqual([[CHUNK, CHUNK]]);
    await answer(asked[1]);
    expect(store.row(39)?.at).toBe(39);
    store.want(10, 50);
    expect(asked).toHaveLength(2);
    store.want(CHUNK - 20, CHUNK + 20);
    expect(asked).toHaveLength(2);
    pass(300);
    expect(asked[2]?.offset).toBe(2 * CHUNK);
  });

  it("asks for nothing ahead that came with what is shown", async () => {
    const { store, asked } = world(1_000_000);
    store.want(0, 40);
    asked[0]?.answer(windowOf(0, 3 * CHUNK));
    await Promise.resolve();
    await Promise.resolve();
    expect(asked).toHaveLength(1);
    store.want(40, 80);
    expect(asked).toHaveLength(1);
  });

  it("ends requests that were scrolled past", () => {
    const { store, asked, pass } = world(100_000_000);
    store.want(0, 40);
    store.want(50_000_000, 50_000_040);
    expect(asked[0]?.signal.aborted).toBe(true);
    pass(60);
    const last = asked.at(-1);
    expect(last?.signal.aborted).toBe(false);
    expect(last?.offset).toBeLessThanOrEqual(50_000_000);
  });

  it("does not read every place that the thumb flies over, but the one where it rests", () => {
    const { store, asked, pass } = world(100_000_000);
    store.want(0, 40);
    const before = asked.length;
    for (let step = 1; step <= 100; step += 1) {
      store.want(step * 900_000, step * 900_000 + 40);
      pass(8);
    }
    expect(asked.length - before).toBeLessThan(20);
    pass(300);
    const alive = asked.filter(({ signal }) => !signal.aborted);
    expect(alive.some(({ offset, limit }) => offset <= 90_000_000 && offset + limit >= 90_000_040)).toBe(
      true,
    );
  });

  it("keeps what came, says what failed, and reads on when asked to", async () => {
    const { store, asked, answer } = world(1_000_000);
    let changes = 0;
    store.subscribe(() => {
      changes += 1;
    });
    store.want(CHUNK - 20, CHUNK + 20);
    asked[0]?.fail(Object.assign(new Error(), { data: { failure: { code: "network", message: "Gone." } } }));
    await answer(asked[1]);
    expect(store.failure()?.message).toBe("Gone.");
    expect(store.row(CHUNK)).not.toBeNull();
    const before = asked.length;
    store.retry();
    expect(asked.length).toBe(before + 1);
    await answer(asked.at(-1));
    expect(store.failure()).toBeNull();
    expect(store.row(0)).not.toBeNull();
    expect(changes).toBeGreaterThanOrEqual(3);
  });

  it("goes on where a window was shorter than asked, and says so where none comes", async () => {
    const { store, asked } = world(1_000);
    store.want(0, 40);
    asked[0]?.answer(windowOf(0, 10));
    await Promise.resolve();
    await Promise.resolve();
    expect(asked.at(-1)?.offset).toBe(10);
    asked.at(-1)?.answer(windowOf(10, 0));
    await Promise.resolve();
    await Promise.resolve();
    expect(store.failure()?.message).toBe("Row 11 did not come.");
  });

  it("reads rows that a growing result gains, without those that are here", async () => {
    const { store, asked, answer, grow } = world(100);
    store.want(80, 120);
    await answer(asked[0]);
    expect(asked).toHaveLength(1);
    grow(5_000);
    expect(asked[1]?.offset).toBe(100);
    await answer(asked[1]);
    expect(store.row(119)).not.toBeNull();
  });

  it("ends everything when it is closed", () => {
    const { store, asked, grow } = world(1_000_000);
    store.want(0, 40);
    store.close();
    expect(asked.every(({ signal }) => signal.aborted)).toBe(true);
    const before = asked.length;
    grow(2_000_000);
    expect(asked).toHaveLength(before);
  });
});
