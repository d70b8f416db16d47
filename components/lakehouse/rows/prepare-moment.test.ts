import { describe, expect, it } from "vitest";
import type { Snapshot } from "../lake-types";
import { instantOf, localOf, momentInput, momentWords, typedColumns } from "./prepare-moment";

const shown = { version: 47, committedAt: new Date("2026-11-20T02:09:00Z") } as Snapshot;

describe("momentWords", () => {
  it.each([
    [{ kind: "now" }, "Rows as of now: version 47 of main, committed 20 Nov 2026, 02:09:00 UTC"],
    [{ kind: "snapshot", snapshotId: "1" }, "Rows as of version 47, committed 20 Nov 2026, 02:09:00 UTC"],
    [{ kind: "ref", ref: "audit" }, "Rows of audit: version 47, committed 20 Nov 2026, 02:09:00 UTC"],
    [
      { kind: "time", asOf: "2026-11-21T00:00:00.000Z" },
      "Rows as of 21 Nov 2026, 00:00:00 UTC: version 47, committed 20 Nov 2026, 02:09:00 UTC",
    ],
  ] as const)("says %o", (moment, words) => {
    expect(momentWords(moment, shown)).toBe(words);
  });

  it("says that a snapshot is not on the ruler", () => {
    expect(momentWords({ kind: "snapshot", snapshotId: "1" }, null)).toBe(
      "Rows as of a snapshot that is not on the ruler",
    );
  });
});

describe("a moment in a control", () => {
  it("is UTC, both ways", () => {
    expect(instantOf("2026-11-20T02:09")).toBe("2026-11-20T02:09:00.000Z");
    expect(localOf("2026-11-20T02:09:00.000Z")).toBe("2026-11-20T02:09:00");
    expect([instantOf(""), instantOf("x"), localOf("x")]).toEqual([null, null, ""]);
  });
});

describe("what is asked and shown", () => {
  it("names now by the snapshot of main, so that another commit is another state", () => {
    expect(momentInput({ kind: "now" }, "7")).toEqual({ snapshotId: "7" });
    expect(momentInput({ kind: "now" }, null)).toEqual({});
    expect(momentInput({ kind: "ref", ref: "audit" }, "7")).toEqual({ ref: "audit" });
    expect(momentInput({ kind: "time", asOf: "x" }, "7")).toEqual({ asOf: "x" });
  });

  it("spells the types as the table does, and those of columns that are gone in small letters", () => {
    const shown = [
      { name: "at", type: "TIMESTAMP WITH TIME ZONE" },
      { name: "gone", type: "VARCHAR" },
    ];
    expect(typedColumns(shown, [{ name: "at", type: "timestamp(6) with time zone" }])).toEqual([
      { name: "at", type: "timestamp(6) with time zone" },
      { name: "gone", type: "varchar" },
    ]);
  });
});
