import { describe, expect, it } from "vitest";
import type { Cell } from "@/domain/ports/rows";
import { profileStore } from "./profile-store";

const columns = Array.from({ length: 60 }, (_, place) => ({ name: `c${place}`, type: "BIGINT" }));

/** Answers when it is told to; `asked` are the columns of each question in its order. */
function fakeResult(rows = 1000) {
  const asked: number[][] = [];
  const waiting: { answer: () => void; fail: (error: unknown) => void }[] = [];
  const rowsOf = (sql: string) =>
    new Promise<Cell[][]>((resolve, reject) => {
      const [, list = ""] = /SELECT unnest\(\[([\d, ]+)\]\) AS asked, 'summary'/.exec(sql) ?? [];
      const places = list.split(", ").map(Number);
      asked.push(places);
      waiting.push({
        answer: () =>
          resolve(places.map((place) => [place, "summary", 0, "1", "9", `${rows} ${rows} 3 0 0 1 9 1 5`])),
        fail: reject,
      });
    });
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return { asked, waiting, settle, result: { columns, rows, rowsOf } };
}

describe("profileStore", () => {
  it("asks about the columns that are seen first, then about the others, each once", async () => {
    const { asked, waiting, settle, result } = fakeResult();
    const store = profileStore(result);
    store.see([40, 41, 42]);
    expect(asked).toHaveLength(2);
    expect(asked[0]?.slice(0, 3)).toEqual([40, 41, 42]);
    expect(store.getState().isLoading).toBe(true);
    for (let turn = 0; turn < 5; turn += 1) {
      for (const { answer } of waiting.splice(0)) answer();
      await settle();
    }
    expect(asked.flat().sort((one, other) => one - other)).toEqual([...columns.keys()]);
    const { overviews, isLoading } = store.getState();
    expect(isLoading).toBe(false);
    expect(overviews.get(59)).toMatchObject({ column: 59, rows: 1000, smallest: "1", largest: "9" });
  });

  it("asks a large result only about what is seen", async () => {
    const { asked, waiting, settle, result } = fakeResult(10_000_000);
    const store = profileStore(result);
    store.see([7, 8]);
    expect(asked).toEqual([[7], [8]]);
    for (const { answer } of waiting.splice(0)) answer();
    await settle();
    expect(asked).toHaveLength(2);
  });

  it("lets the column that is opened go before", async () => {
    const { asked, waiting, settle, result } = fakeResult();
    const store = profileStore(result);
    store.see([0]);
    store.open(33);
    waiting.shift()?.answer();
    await settle();
    expect(asked[2]).toEqual([33]);
    waiting.pop()?.answer();
    await settle();
    expect(store.getState().details.get(33)).toMatchObject({ column: 33 });
  });

  it("stops at a failure, and asks again for what is missing", async () => {
    const { asked, waiting, settle, result } = fakeResult();
    const store = profileStore(result);
    store.see([0]);
    for (const { fail } of waiting.splice(0)) fail(new Error("gone"));
    await settle();
    expect(store.getState().failure).toEqual(new Error("gone"));
    expect(asked).toHaveLength(2);
    store.retry();
    expect(store.getState().failure).toBe(null);
    expect(asked[2]).toContain(0);
  });

  it("asks nothing more once it is closed", async () => {
    const { asked, waiting, settle, result } = fakeResult();
    const store = profileStore(result);
    store.see([0]);
    store.close();
    for (const { fail } of waiting.splice(0)) fail(new Error("aborted"));
    await settle();
    expect(asked).toHaveLength(2);
    expect(store.getState().failure).toBe(null);
  });

  it("asks about nothing but what is seen where it should", async () => {
    const { asked, waiting, settle, result } = fakeResult();
    const store = profileStore(result, { onlySeen: true });
    expect(asked).toEqual([]);
    store.see([3, 4]);
    waiting.shift()?.answer();
    await settle();
    store.see([4, 5]);
    expect(asked).toEqual([[3, 4], [5]]);
  });
});
