import { describe, expect, it } from "vitest";
import { windowOf } from "./fake-source";
import { tableBytes } from "./table-bytes";
import { windowCache } from "./window-cache";

const valueAt = (cache: ReturnType<typeof windowCache>, row: number) => {
  const kept = cache.row(row);
  return kept === null ? null : kept.table.getChildAt(0)?.at(kept.at);
};

describe("windowCache", () => {
  it("finds rows in windows of any place and size, also where they overlap", () => {
    const cache = windowCache(1e6);
    for (const [first, rows] of [
      [100, 50],
      [0, 30],
      [120, 80],
      [1_000_000, 1],
    ] as const) {
      cache.add(windowOf(first, rows));
    }
    expect([0, 29, 100, 119, 120, 199, 1_000_000].map((row) => valueAt(cache, row))).toEqual([
      0, 29, 100, 119, 120, 199, 1_000_000,
    ]);
    expect([30, 99, 200, 999_999].map((row) => cache.row(row))).toEqual([null, null, null, null]);
  });

  it("says which row is missing first", () => {
    const cache = windowCache(1e6);
    cache.add(windowOf(10, 10));
    cache.add(windowOf(20, 5));
    expect(cache.firstMissing(10, 25)).toBeNull();
    expect(cache.firstMissing(12, 40)).toBe(25);
    expect(cache.firstMissing(5, 40)).toBe(5);
  });

  it("lets go of what was used longest ago, and stays within its budget", () => {
    const bytes = tableBytes(windowOf(0, 100).table);
    const cache = windowCache(3 * bytes);
    for (const first of [0, 100, 200]) cache.add(windowOf(first, 100));
    cache.row(0);
    cache.add(windowOf(300, 100));
    expect(cache.bytes).toBeLessThanOrEqual(3 * bytes);
    expect(cache.row(150)).toBeNull();
    expect(valueAt(cache, 50)).toBe(50);
    for (let first = 400; first < 100_000; first += 100) cache.add(windowOf(first, 100));
    expect(cache.bytes).toBeLessThanOrEqual(3 * bytes);
  });

  it("keeps a window that is larger than the budget as long as it is the last", () => {
    const cache = windowCache(1);
    cache.add(windowOf(0, 100));
    expect(valueAt(cache, 99)).toBe(99);
    cache.add(windowOf(100, 100));
    expect(cache.row(0)).toBeNull();
    cache.clear();
    expect(cache.bytes).toBe(0);
  });

  it("replaces what a larger window holds", () => {
    const cache = windowCache(1e6);
    cache.add(windowOf(10, 10));
    cache.add(windowOf(0, 100));
    expect(cache.bytes).toBe(tableBytes(windowOf(0, 100).table));
  });
});
