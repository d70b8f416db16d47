import { describe, expect, it } from "vitest";
import type { RunStatus } from "../shared/run-status";
import { destinationTable, identifier } from "./destination-table";
import { lagSeconds, type StreamProgress, streamFigures } from "./stream-figures";
import { streamAttempts, streamRetryMs } from "./stream-retries";
import { streamCounts, streamMayBecome, streamMayPrecede, syncStatus } from "./sync-status";

describe("the state of a sync", () => {
  const cases: [RunStatus[], RunStatus][] = [
    [["queued", "queued"], "queued"],
    [["queued", "succeeded"], "running"],
    [["retrying", "running", "failed"], "running"],
    [["retrying", "queued"], "retrying"],
    [["succeeded", "succeeded"], "succeeded"],
    [["succeeded", "cancelled"], "cancelled"],
    [["failed", "cancelled", "succeeded"], "failed"],
  ];
  it.each(cases)("of streams %j is %s", (statuses, expected) => {
    expect(syncStatus(statuses)).toBe(expected);
  });

  it("counts what occurs", () => {
    expect(streamCounts(["failed", "succeeded", "succeeded"])).toEqual({ failed: 1, succeeded: 2 });
  });

  it("never leaves an end, and reaches success only from running", () => {
    const ends: RunStatus[] = ["succeeded", "failed", "cancelled", "skipped"];
    for (const end of ends) expect(streamMayBecome(end, "running")).toBe(false);
    expect(streamMayPrecede("succeeded")).toEqual(["running"]);
    expect(streamMayPrecede("cancelled")).toEqual(["queued", "running", "retrying"]);
  });
});

describe("figures of a stream", () => {
  const start = new Date(0);
  const later = (seconds: number) => new Date(seconds * 1_000);
  const reading: StreamProgress = {
    rows: 100,
    estimatedRows: 400,
    attemptStartedAt: start,
    until: later(10),
    isRunning: true,
    isComplete: false,
  };

  it("tell rate, share and time left", () => {
    expect(streamFigures(reading)).toEqual({ rowsPerSecond: 10, progressShare: 0.25, etaSeconds: 30 });
  });
  it("tell no rate in the first second", () => {
    expect(streamFigures({ ...reading, until: later(0.5) })).toEqual({
      rowsPerSecond: null,
      progressShare: 0.25,
      etaSeconds: null,
    });
  });
  it("drop an estimate that is absent, zero or passed", () => {
    for (const estimatedRows of [null, 0, 100, 99]) {
      expect(streamFigures({ ...reading, estimatedRows })).toEqual({
        rowsPerSecond: 10,
        progressShare: null,
        etaSeconds: null,
      });
    }
  });
  it("promise no end at a rate of zero, and none for what does not run", () => {
    expect(streamFigures({ ...reading, rows: 0 }).etaSeconds).toBeNull();
    expect(streamFigures({ ...reading, isRunning: false }).etaSeconds).toBeNull();
  });
  it("are complete at the end, even without rows", () => {
    const done = { ...reading, rows: 0, estimatedRows: null, isRunning: false, isComplete: true };
    expect(streamFigures(done)).toEqual({ rowsPerSecond: 0, progressShare: 1, etaSeconds: 0 });
  });
  it("tell how old the data is", () => {
    expect(lagSeconds(start, later(90))).toBe(90);
    expect(lagSeconds(later(90), start)).toBe(0);
    expect(lagSeconds(null, start)).toBeNull();
  });
});

describe("retries", () => {
  it("follow the document, or four tries with growing waits", () => {
    expect(streamAttempts(undefined)).toBe(4);
    expect([1, 2, 3].map((failed) => streamRetryMs(undefined, failed))).toEqual([5_000, 10_000, 20_000]);
    const retries = { max_attempts: 9, initial_interval: "10m", backoff_coefficient: 10 };
    expect(streamAttempts(retries)).toBe(9);
    expect([1, 2, 3].map((failed) => streamRetryMs(retries, failed))).toEqual([
      600_000, 3_600_000, 3_600_000,
    ]);
  });
});

describe("the table of a stream", () => {
  it("is of the connection's schema, or where the document says", () => {
    expect(destinationTable("shopify-orders", {}, { name: "Order Items" })).toBe(
      "lake.shopify_orders.order_items",
    );
    expect(destinationTable("a", { destination: "analytics.x" }, { name: "b" })).toBe("analytics.x.b");
    expect(destinationTable("a", {}, { name: "b", destination: "lake.c.d" })).toBe("lake.c.d");
  });
  it("has a name that every engine takes, and two streams keep two", () => {
    expect(identifier("Café-Größe")).toMatch(/^cafe_gro_e_[0-9a-f]{8}$/);
    expect(identifier("2024 orders")).toBe("_2024_orders");
    expect(identifier('a"; DROP')).toBe("a_drop");
    const russian = ["заказы", "товары"].map(identifier);
    expect(new Set(russian).size).toBe(2);
    for (const name of [...russian, identifier("x".repeat(300)), identifier("***")])
      expect(name).toMatch(/^[a-z_][a-z0-9_]{0,99}$/);
  });
});
