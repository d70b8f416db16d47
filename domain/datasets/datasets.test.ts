import { describe, expect, it } from "vitest";
import type { Publication } from "./publication";
import { ReportContent } from "./report-content";
import { standingPublication } from "./standing-publication";
import { stateOf } from "./state-of";
import { tablesRead } from "./tables-read";

const TABLES = ["lake.shop.orders", "analytics.shop.orders", "analytics.derived.sums", 'lake.shop."ord er"'];

describe("tablesRead", () => {
  it("finds names by three parts, quoted or not, and in front of a column", () => {
    const sql = `SELECT analytics.derived.sums.total FROM lake."shop".Orders, lake.shop."ord er"`;
    expect(tablesRead(sql, TABLES)).toEqual([
      "analytics.derived.sums",
      'lake.shop."ord er"',
      "lake.shop.orders",
    ]);
  });
  it("resolves two parts in lake first, and only where a table is read", () => {
    expect(tablesRead("SELECT derived.sums FROM shop.orders", TABLES)).toEqual(["lake.shop.orders"]);
    expect(tablesRead("SELECT 1 FROM x JOIN derived.sums ON true", TABLES)).toEqual([
      "analytics.derived.sums",
    ]);
  });
  it("looks past texts and comments", () => {
    expect(
      tablesRead("SELECT 'lake.shop.orders' -- lake.shop.orders\n/* FROM shop.orders */", TABLES),
    ).toEqual([]);
  });
});

describe("standingPublication", () => {
  const made = (id: string, undoes: string | null = null) =>
    ({ id, act: undoes === null ? "publish" : "undo", undoes }) as Publication;
  it("goes back one publication with each undo", () => {
    const first = [made("a"), made("b")];
    expect(standingPublication(first)?.id).toBe("b");
    expect(standingPublication([...first, made("c", "b")])?.id).toBe("a");
    expect(standingPublication([...first, made("c", "b"), made("d", "a")])).toBeNull();
    expect(standingPublication([...first, made("c", "b"), made("e")])?.id).toBe("e");
  });
});

describe("stateOf", () => {
  it.each([
    [null, null, "draft"],
    ["2", null, "draft"],
    ["2", "2", "published"],
    ["3", "2", "changed"],
  ] as const)("of %s with %s published is %s", (current, published, state) => {
    expect(stateOf(current, published)).toBe(state);
  });
});

describe("ReportContent", () => {
  it("refuses what it does not know by name", () => {
    const read = ReportContent.safeParse({
      title: "T",
      blocks: [{ type: "text", markdown: "", html: "<b>" }],
    });
    expect(JSON.stringify(read.error?.issues)).toContain("html");
  });
});
