import { describe, expect, it } from "vitest";
import { readMessage, toDiscovered, toEvents, toFailure } from "./sync-messages";

const events = (message: object, cursorField: string | null = null) => {
  const read = readMessage(JSON.stringify(message));
  if (read === null) throw new Error("not read");
  return toEvents(read, cursorField);
};

describe("what the program that runs connectors says", () => {
  it("is progress, with or without an estimate", () => {
    expect(events({ event: "progress", phase: "reading", rows: 3, bytes: 30, checkpoints: 1 })).toEqual([
      {
        type: "progress",
        phase: "reading",
        rows: 3,
        bytes: 30,
        checkpoints: 1,
        estimatedRows: null,
        cursor: null,
      },
    ]);
    expect(
      events({
        event: "progress",
        phase: "installing",
        estimated_rows: 9,
        cursor: 7,
        rate_limited_until: "x",
      }),
    ).toMatchObject([{ phase: "installing", rows: 0, estimatedRows: 9, cursor: "7" }]);
  });

  it("is a commit, whose id has more digits than a number here, with the cursor out of its state", () => {
    const line =
      '{"event": "committed", "rows": 2, "bytes": 5, "snapshot_id": 7218273645546372819, "state": {"messages": [{"stream": {"stream_state": {"updated_at": "2026-01-01"}}}], "declared": {"updated_at": "varchar"}}}';
    const read = readMessage(line);
    expect(read === null ? [] : toEvents(read, "updated_at")).toEqual([
      { type: "committed", snapshotId: "7218273645546372819", rows: 2, bytes: 5, cursor: "2026-01-01" },
    ]);
  });

  it("is a change of the schema, in words", () => {
    const change = {
      kind: "type_changed",
      column: "price",
      from: "bigint",
      to: "double",
      action: "evolved",
      into: "price__double",
    };
    expect(events({ event: "schema_change", policy: "evolve", changes: [change] })).toMatchObject([
      {
        change: {
          kind: "type_changed",
          action: "evolved",
          text: "price has another type (bigint → double): the table follows in price__double.",
        },
      },
    ]);
  });

  it("is a log line or a failure with its code, and its inner words go to the log alone", () => {
    expect(events({ event: "log", level: "warn", text: 'says "snapshot_id": 12' })).toEqual([
      { type: "log", level: "warn", text: 'says "snapshot_id": 12' },
    ]);
    const failure = readMessage(
      JSON.stringify({
        event: "failure",
        code: "unauthenticated",
        message: "No.",
        hint: "Yes?",
        retryable: false,
        internal: "trace",
      }),
    );
    if (failure?.event !== "failure") throw new Error("not read");
    expect(toFailure(failure)).toMatchObject({
      code: "unauthenticated",
      message: "No.",
      hint: "Yes?",
      retryable: false,
    });
    expect(toEvents(failure, null)).toEqual([{ type: "log", level: "debug", text: "trace" }]);
    expect(readMessage('{"event":"failure","code":"strange","message":"m"}')).toMatchObject({
      code: "engine_failed",
    });
  });

  it("is passed over where it is no message", () => {
    for (const line of ["", "garbage", "[1]", '{"event":"dance"}', '{"event":"log"}'])
      expect(readMessage(line)).toBeNull();
  });

  it("is a catalog, of which unknown sync modes are left out", () => {
    expect(
      toDiscovered({
        streams: [
          {
            name: "a",
            supported_sync_modes: ["full_refresh", "resumable"],
            json_schema: { type: "object" },
            columns: [{ name: "x", type: "bigint", source_type: "int8" }],
          },
        ],
      }),
    ).toEqual([
      {
        name: "a",
        namespace: null,
        syncModes: ["full_refresh"],
        sourceDefinedCursor: false,
        defaultCursorField: [],
        primaryKey: [],
        columns: [{ name: "x", type: "bigint" }],
        jsonSchema: { type: "object" },
      },
    ]);
  });
});
