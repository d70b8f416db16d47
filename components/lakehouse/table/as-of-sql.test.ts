import { describe, expect, it } from "vitest";
import { asOfSql, nameParts } from "./as-of-sql";
import { tableHref } from "./table-href";

describe("asOfSql", () => {
  it.each([
    [{ kind: "now" }, ""],
    [{ kind: "snapshot", snapshotId: "8127346123" }, " FOR VERSION AS OF 8127346123"],
    [{ kind: "ref", ref: "it's" }, " FOR VERSION AS OF 'it''s'"],
    [
      { kind: "time", asOf: "2026-11-20T02:09:00.000Z" },
      " FOR TIMESTAMP AS OF TIMESTAMP '2026-11-20 02:09:00 UTC'",
    ],
  ] as const)("writes %o", (moment, phrase) => {
    expect(asOfSql("lake.sample.orders", moment)).toBe(`SELECT * FROM lake.sample.orders${phrase}`);
  });

  it("quotes a part that needs it", () => {
    expect(asOfSql('lake."Über Shop"."a.b"', { kind: "now" })).toBe('SELECT * FROM lake."Über Shop"."a.b"');
    expect(nameParts('lake.x."a""b.c"')).toEqual(["lake", "x", 'a"b.c']);
  });
});

describe("tableHref", () => {
  it("keeps a name in one step of the path and leaves empty values out", () => {
    expect(tableHref("w", 'lake.x."a/b"')).toBe("/w/lakehouse/lake.x.%22a%2Fb%22");
    expect(tableHref("w", "lake.x.y", { tab: "rows", ref: null, at: "" })).toBe(
      "/w/lakehouse/lake.x.y?tab=rows",
    );
  });
});
