import { describe, expect, it } from "vitest";
import type { RunStatus } from "@/domain/shared/run-status";
import type { StreamView, SyncView } from "@/domain/sources/sync-view";
import { howItBegan, prepareFigures, whatReadersSee } from "./prepare-figures";
import { prepareHistory, worstOf } from "./prepare-history";
import { prepareSchemaChanges, prepareStreams, shortCursor } from "./prepare-streams";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21, 7, 0, seconds));

const stream = (over: Partial<StreamView>): StreamView => ({
  name: "orders",
  namespace: null,
  syncMode: "incremental",
  status: "running",
  attempt: 1,
  maxAttempts: 5,
  nextAttemptAt: null,
  startedAt: at(2),
  endedAt: null,
  phase: "reading",
  rows: 18_466,
  rowsCommitted: 10_000,
  bytes: 41_600_000,
  bytesCommitted: 20_000_000,
  checkpoints: 2,
  rowsPerSecond: 78.4,
  progressShare: 0.6,
  etaSeconds: 161,
  lagSeconds: 13_920,
  cursor: "2026-11-21T03:12:44Z",
  table: "lake.shop.orders",
  snapshotId: null,
  refresh: false,
  error: null,
  schemaChanges: [],
  ...over,
});

const sync = (streams: StreamView[], over: Partial<SyncView> = {}): SyncView => ({
  id: "s1",
  connection: "shop",
  connectionVersion: 1,
  number: 1912,
  status: "running",
  streamCounts: {},
  streamStates: [],
  trigger: "schedule",
  startedBy: "schedule",
  scheduledFor: at(0),
  createdAt: at(0),
  startedAt: at(0),
  endedAt: null,
  rows: 35_248,
  rowsCommitted: 5_494,
  bytes: 55_500_000,
  error: null,
  streams,
  ...over,
});

const wrongPassword = {
  code: "engine_failed",
  message: "The database refuses the password of shop_reader.",
  hint: null,
  detail: null,
  retryable: false,
};

describe("shortCursor", () => {
  it("is a time in UTC without its year, and any other cursor as it is", () => {
    expect(["2026-11-21 08:50:00+00", "2026-01-02T03:04:05.678Z"].map(shortCursor)).toEqual([
      "21 Nov 08:50:00",
      "02 Jan 03:04:05",
    ]);
    for (const cursor of ["2026-11-21 08:50:00+02", "2026-11-21", "4711", ""])
      expect(shortCursor(cursor)).toBe(cursor);
  });
});

describe("prepareStreams", () => {
  it("puts what needs a person first and what is done last", () => {
    const rows = prepareStreams(
      sync([
        stream({ name: "customers", status: "succeeded", endedAt: at(45), rowsCommitted: 4_310 }),
        stream({ name: "queue", status: "queued", startedAt: null, phase: "waiting" }),
        stream({}),
        stream({ name: "fulfillments", status: "failed", endedAt: at(33), error: wrongPassword }),
        stream({
          name: "refunds",
          status: "retrying",
          attempt: 2,
          nextAttemptAt: at(112),
          error: wrongPassword,
        }),
      ]),
      at(100),
    );
    expect(rows.map(({ name }) => name)).toEqual(["fulfillments", "refunds", "orders", "queue", "customers"]);
    expect(rows.map(({ sentence }) => sentence)).toEqual([
      "failed after 31.0 s: The database refuses the password of shop_reader.",
      "retrying, 2 of 5: The database refuses the password of shop_reader.",
      "reading",
      "queued, waits for a slot",
      "succeeded in 43.0 s, committed",
    ]);
    expect(rows.map(({ acts }) => acts)).toEqual([
      ["retry"],
      ["retry", "cancel"],
      ["cancel"],
      ["cancel"],
      ["refresh"],
    ]);
    expect(rows[1]?.eta).toBe("in 12.0 s");
    expect(rows[2]).toMatchObject({
      share: 0.6,
      rows: "18,466",
      megabytes: "41.6",
      rate: "78",
      eta: "2 min 41 s",
    });
    expect(rows[3]).toMatchObject({ started: "null", share: null });
  });

  it("offers no cancel once the sync is over", () => {
    const [row] = prepareStreams(sync([stream({ status: "running" })], { status: "cancelled" }), at(100));
    expect(row?.acts).toEqual([]);
  });

  it("tells streams of two namespaces apart", () => {
    const rows = prepareStreams(sync([stream({ namespace: "eu" }), stream({ namespace: "us" })]), at(1));
    expect(rows.map(({ key }) => key)).toEqual(["eu.orders", "us.orders"]);
  });
});

describe("prepareSchemaChanges", () => {
  it("says what changed and what was done, with the count", () => {
    const change = { from: null, to: null, count: null };
    const rows = prepareSchemaChanges([
      stream({
        schemaChanges: [
          {
            ...change,
            kind: "added",
            column: "taxes",
            to: "boolean",
            action: "evolved",
            text: "Added, null before.",
          },
          {
            ...change,
            kind: "incompatible",
            column: "tracking",
            from: "varchar",
            to: "array(varchar)",
            action: "value_discarded",
            count: 12,
            text: "Values that do not fit were left out.",
          },
        ],
      }),
    ]);
    expect(rows.map(({ change: text }) => text)).toEqual(["added boolean", "varchar → array(varchar)"]);
    expect(rows.map(({ isHarmless }) => isHarmless)).toEqual([true, false]);
    expect(rows[1]?.effect).toBe("Values that do not fit were left out. (12)");
  });
});

describe("prepareFigures", () => {
  const valuesOf = (view: SyncView, now: Date) =>
    Object.fromEntries(
      prepareFigures(view, 3, now).map(({ key, value, note }) => [key, `${value}; ${note}`]),
    );

  it("adds up what runs now", () => {
    const streams = [
      stream({}),
      stream({ name: "b", rowsPerSecond: 51 }),
      stream({ name: "c", status: "queued" }),
    ];
    expect(valuesOf(sync(streams), at(258))).toEqual({
      elapsed: "4 min 18 s; about 2 min 41 s left",
      rows: "35,248; 5,494 of them committed",
      bytes: "55.5; 0.22 MB/s mean",
      rate: "129; of the streams that run",
      slots: "2 of 3; in use, 1 stream wait",
    });
  });

  it("says the mean and the end once it is over", () => {
    const view = sync([stream({ status: "succeeded" })], {
      status: "succeeded",
      endedAt: at(100),
      streamCounts: { succeeded: 1 },
    });
    expect(valuesOf(view, at(900))).toMatchObject({
      elapsed: "1 min 40 s; ended 07:01:40",
      rate: "352; mean of the whole sync",
      slots: "1 of 1; succeeded",
    });
  });

  it("claims no rate and no end where none is known", () => {
    const waiting = sync([stream({ status: "queued", rowsPerSecond: null, etaSeconds: null })], {
      status: "queued",
      startedAt: null,
      rows: 0,
      bytes: 0,
    });
    expect(valuesOf(waiting, at(0))).toMatchObject({
      elapsed: "waiting; time left not known",
      rate: "null; of the streams that run",
    });
  });
});

describe("the words about a sync", () => {
  it("say how it began and what readers see", () => {
    expect(howItBegan(sync([]))).toBe("started 21 Nov 2026, 07:00:00 UTC by schedule");
    const none = stream({ rowsCommitted: 0 });
    expect(whatReadersSee(sync([none]))).toContain("Nothing of this sync is committed yet");
    expect(whatReadersSee(sync([stream({}), none]))).toBe(
      "Readers see 1 stream of this sync; the other 1 stay as they were before it.",
    );
    expect(whatReadersSee(sync([stream({ status: "succeeded" })]))).toBe(
      "Readers see all 1 stream of this sync.",
    );
  });
});

describe("prepareHistory", () => {
  const past = (number: number, over: Partial<SyncView>) => ({
    ...sync([]),
    id: `s${number}`,
    number,
    status: "succeeded" as const,
    createdAt: new Date(Date.UTC(2026, 10, 20, number)),
    startedAt: new Date(Date.UTC(2026, 10, 20, number)),
    endedAt: new Date(Date.UTC(2026, 10, 20, number, number)),
    rows: number * 100,
    ...over,
  });

  it("runs from the oldest to the newest, in shares of the most", () => {
    const history = prepareHistory([past(4, {}), past(3, { rows: 100 }), past(2, {})], at(0));
    expect(history.columns.map(({ number }) => number)).toEqual([2, 3, 4]);
    expect(history.columns.map(({ minutesShare }) => minutesShare)).toEqual([0.5, 0.75, 1]);
    expect(history.columns.map(({ rowsShare }) => rowsShare)).toEqual([0.5, 0.25, 1]);
    expect(history.maxMinutes).toBe("4 min");
    expect(history.columns[0]).toMatchObject({ isMajor: true, tick: "" });
    expect(history.columns.map(({ tick }) => tick)).toEqual(["", "", "Fri 20"]);
    expect(history.columns[2]?.label).toBe("Sync 4, succeeded, 20 Nov 2026, 04:00:00 UTC, 4 min, 400 rows");
  });

  it("tells a partial failure from a whole one, and counts each", () => {
    const partial = past(3, { status: "failed", streamCounts: { failed: 1, succeeded: 2 } });
    const whole = past(2, { status: "failed", streamCounts: { failed: 3 } });
    expect(worstOf(partial)).toBe("warning");
    expect(
      prepareHistory([past(5, { status: "running", endedAt: null }), partial, whole], at(0)).summary,
    ).toBe("1 partial, 1 failed, 1 running");
  });

  it("shows the streams that failed in any of them, in each of them, the most often failed first", () => {
    const states = (orders: RunStatus, users: RunStatus | null, items: RunStatus = "succeeded") => ({
      streamStates: [
        { name: "orders", namespace: "shop", status: orders },
        ...(users === null ? [] : [{ name: "users", namespace: null, status: users }]),
        { name: "items", namespace: null, status: items },
      ],
    });
    const history = prepareHistory(
      [
        past(4, states("failed", null)),
        past(3, states("succeeded", "failed")),
        past(2, states("failed", "failed")),
      ],
      at(0),
    );
    expect(history.failedStreams).toEqual([
      { key: "shop.orders", states: ["failed", "succeeded", "failed"] },
      { key: "users", states: ["failed", "failed", null] },
    ]);
    expect(history.sound).toBe(1);
    expect(history.columns.map(({ label }) => label.split(", ").at(-1))).toEqual([
      "failed: shop.orders and users",
      "failed: users",
      "failed: shop.orders",
    ]);
  });

  it("keeps the newest 48 and labels every eighth, and is empty without any", () => {
    const many = Array.from({ length: 60 }, (_, index) => past(60 - index, {}));
    expect(
      prepareHistory(many, at(0))
        .columns.map(({ number }) => number)
        .at(0),
    ).toBe(13);
    expect(prepareHistory(many, at(0)).columns.filter(({ tick }) => tick !== "")).toHaveLength(6);
    expect(prepareHistory([], at(0))).toEqual({
      columns: [],
      maxMinutes: "0.00 s",
      maxRows: "0",
      summary: "",
      failedStreams: [],
      sound: 0,
    });
  });
});
