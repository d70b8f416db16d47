import { describe, expect, it } from "vitest";
import { formatBytes, offersOf, type PlacedRead, type PlacementFacts, place } from "./place";

const read = (more: Partial<PlacedRead> = {}): PlacedRead => ({
  table: "lake.shop.orders",
  at: "lake",
  bytes: 1e6,
  isInPage: false,
  ...more,
});
const facts = (more: Partial<PlacementFacts> = {}): PlacementFacts => ({
  reads: [read()],
  isWrite: false,
  browser: { memoryLimitBytes: 3e9, cores: 8 },
  duckdb: { memoryLimitBytes: 2e9, cores: 2 },
  trino: {},
  refusals: {},
  ...more,
});
const chosen = (more: Partial<PlacementFacts>, choice: Parameters<typeof place>[1] = "auto") => {
  const placed = place(facts(more), choice);
  return placed === null ? null : `${placed.engine}: ${placed.reason}`;
};
const why = (engine: string, more: Partial<PlacementFacts>) =>
  offersOf(facts(more)).find((each) => each.engine === engine);

describe("place", () => {
  it.each<[string, Partial<PlacementFacts>, string | null]>([
    [
      "a large scan on the server",
      { reads: [read({ bytes: 1.9e9 })] },
      "duckdb: the scan is 1.9 GB and the browser limit is 256 MB",
    ],
    [
      "what the page holds in the page",
      { reads: [read({ isInPage: true })] },
      "browser: its tables are in the browser already",
    ],
    [
      "what the page holds too much of on the server",
      { reads: [read({ isInPage: true, bytes: 3e8 })] },
      "duckdb: the scan is 300 MB and the browser limit is 256 MB",
    ],
    [
      "half of a page's memory, unpacked",
      { reads: [read({ isInPage: true, bytes: 1e8 })], browser: { memoryLimitBytes: 2e8, cores: 2 } },
      "duckdb: the scan is 100 MB and the browser limit is 50 MB",
    ],
    [
      "a small table that is not in the page where it is",
      {},
      "duckdb: the scan is 1 MB, and the tables are on the server",
    ],
    ["no table on the server", { reads: [] }, "duckdb: it reads no table"],
    [
      "a write on the server",
      { isWrite: true, reads: [read({ isInPage: true })] },
      "duckdb: it writes a table",
    ],
    [
      "a scan far beyond DuckDB's memory on Trino",
      { reads: [read({ bytes: 40e9 })] },
      "trino: the scan is 40 GB and DuckDB is given up to 32 GB",
    ],
    [
      "the same on DuckDB where there is no Trino",
      { reads: [read({ bytes: 40e9 })], trino: null },
      "duckdb: the scan is 40 GB and the browser limit is 256 MB",
    ],
    [
      "a connected database on the server",
      { reads: [read({ at: "database", table: "shop.public.orders", bytes: null })] },
      "duckdb: the browser cannot reach shop.public.orders",
    ],
    [
      "a catalog of Trino's on Trino",
      { reads: [read({ at: "foreign", table: "snow.public.t", bytes: null })] },
      "trino: Trino alone reads snow.public.t",
    ],
    [
      "what DuckDB would answer in another way on Trino",
      { refusals: { duckdb: "format_datetime differs", browser: "format_datetime differs" } },
      "trino: format_datetime differs",
    ],
    [
      "a file of the page in the page",
      { reads: [read({ at: "page", isInPage: true })] },
      "browser: its tables are in the browser already",
    ],
    [
      "in the page where the server has no engine",
      { duckdb: null, trino: null },
      "browser: DuckDB on the server needs Python 3.11 to 3.13, which was not found; install it and start again",
    ],
    ["nowhere what no engine reaches", { reads: [read({ at: "foreign" })], trino: null }, null],
    [
      "without a page",
      { browser: null, reads: [read({ at: "database", table: "shop.public.o" })] },
      "duckdb: shop.public.o is in a connected database",
    ],
  ])("puts %s", (_what, more, expected) => {
    expect(chosen(more)).toBe(expected);
  });

  it("does as it is told where that can be", () => {
    expect(chosen({}, "trino")).toBe("trino: you chose it");
    expect(chosen({}, "browser")).toBe("browser: you chose it");
    expect(chosen({ trino: null }, "trino")).toBeNull();
    expect(chosen({ isWrite: true }, "browser")).toBeNull();
  });

  it("says why an engine cannot be had", () => {
    expect(why("trino", { trino: null })).toMatchObject({
      isAvailable: false,
      reason: expect.stringContaining("TRINO_URL"),
    });
    expect(why("browser", { browser: null })).toMatchObject({ isAvailable: false });
    expect(why("duckdb", { reads: [read({ at: "page", table: "sales.csv" })] })).toEqual({
      engine: "duckdb",
      isAvailable: false,
      reason: "sales.csv is in the browser alone",
    });
    expect(why("browser", {})).toEqual({
      engine: "browser",
      isAvailable: true,
      reason: "1 MB would be brought there",
    });
  });

  it("writes sizes for people", () => {
    expect([0, 999, 1e3, 1.94e9, 256e6].map(formatBytes)).toEqual([
      "0 bytes",
      "999 bytes",
      "1 kB",
      "1.9 GB",
      "256 MB",
    ]);
  });
});
