import { describe, expect, it } from "vitest";
import type { ConnectionSummary } from "@/domain/sources/connection-view";
import type { SyncSummary } from "@/domain/sources/sync-view";
import { groupConnections, groupOf, roughAge } from "./prepare-connections";

const sync = (over: Partial<SyncSummary>): SyncSummary => ({
  id: "s",
  connection: "shop",
  connectionVersion: 1,
  number: 7,
  status: "succeeded",
  streamCounts: { succeeded: 3 },
  streamStates: [],
  trigger: "manual",
  startedBy: "Ada",
  scheduledFor: null,
  createdAt: new Date(0),
  startedAt: new Date(0),
  endedAt: new Date(1000),
  rows: 1,
  rowsCommitted: 1,
  bytes: 1,
  error: null,
  ...over,
});

const connection = (over: Partial<ConnectionSummary>): ConnectionSummary => ({
  name: "shop",
  connector: "source-postgres",
  connectorVersion: "1.0.0",
  status: "active",
  schedule: null,
  nextRunAt: null,
  streamCount: 3,
  tables: [],
  lastSync: sync({}),
  activeSyncId: null,
  lagSeconds: 240,
  lagLimitSeconds: 3600,
  isLate: false,
  hasDraft: false,
  updatedAt: new Date(0),
  updatedBy: "Ada",
  ...over,
});

describe("groupOf", () => {
  it("wants a person for what failed, in whole or in part, and for what is late", () => {
    expect(groupOf(connection({ lastSync: sync({ status: "failed", streamCounts: { failed: 3 } }) }))).toBe(
      "needs_you",
    );
    expect(
      groupOf(connection({ lastSync: sync({ status: "running", streamCounts: { failed: 1, running: 2 } }) })),
    ).toBe("needs_you");
    expect(groupOf(connection({ isLate: true }))).toBe("needs_you");
  });

  it("asks nothing of a person for what is paused, a draft or new", () => {
    expect(groupOf(connection({ status: "paused", isLate: true }))).toBe("not_running");
    expect(groupOf(connection({ status: "draft" }))).toBe("not_running");
    expect(groupOf(connection({ lastSync: null }))).toBe("not_running");
    expect(groupOf(connection({ lastSync: null, activeSyncId: "s" }))).toBe("in_time");
  });
});

describe("groupConnections", () => {
  const all = [
    connection({ name: "calendar", connector: "source-file" }),
    connection({
      name: "orders",
      connector: "source-shopify",
      activeSyncId: "s",
      lastSync: sync({ status: "running", streamCounts: { failed: 1, running: 1, succeeded: 2 } }),
    }),
    connection({ name: "stock", isLate: true, lagSeconds: 26 * 3600, lagLimitSeconds: 24 * 3600 }),
    connection({ name: "events", status: "paused" }),
    connection({
      name: "returns",
      lastSync: sync({ status: "failed", streamCounts: { failed: 2, succeeded: 1 } }),
    }),
  ];

  it("puts the most urgent first and counts each group", () => {
    const groups = groupConnections(all, "");
    expect(groups.map(({ title }) => title)).toEqual(["Needs you, 3", "In time, 1", "Not running, 1"]);
    expect(groups[0]?.rows.map(({ name }) => name)).toEqual(["orders", "returns", "stock"]);
  });

  it("says how far a sync is, how old the data are and what the limit is", () => {
    const [needs] = groupConnections(all, "");
    expect(needs?.rows[0]).toMatchObject({
      fact: "2 of 4 done",
      about: "shopify · 1 stream failed",
      state: "running",
    });
    expect(needs?.rows[1]).toMatchObject({ state: "warning", stateText: "partly failed" });
    expect(needs?.rows[2]).toMatchObject({ state: "stale", fact: "26 h", limit: "limit 24 h" });
  });

  it("finds by name, connector and state, and leaves empty groups out", () => {
    expect(
      groupConnections(all, "shopify RUNNING").flatMap(({ rows }) => rows.map(({ name }) => name)),
    ).toEqual(["orders"]);
    expect(groupConnections(all, "nothing like it")).toEqual([]);
  });
});

describe("roughAge", () => {
  it.each([
    [40, "40 s"],
    [3_120, "52 min"],
    [61_200, "17 h"],
    [259_200, "3 d"],
  ])("%d s is %s", (seconds, text) => {
    expect(roughAge(seconds)).toBe(text);
  });
});
