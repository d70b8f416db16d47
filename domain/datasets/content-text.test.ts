import { describe, expect, it } from "vitest";
import { contentText } from "./content-text";

describe("contentText", () => {
  it("says all that a version holds", () => {
    expect(
      contentText({
        title: "Sales",
        blocks: [
          { type: "text", markdown: "a\nb" },
          { type: "query", title: "Q", sql: "SELECT 1", chart: { kind: "line", x: "d", y: ["n", "m"] } },
        ],
      }),
    ).toEqual([
      "title: Sales",
      "",
      "text",
      "  a",
      "  b",
      "",
      "query: Q",
      "  SELECT 1",
      "  drawn as line: n, m over d",
    ]);
    expect(contentText({ title: "B", items: [{ report: "sales", block: 1, width: "half" }] })).toEqual([
      "title: B",
      "half: sales, block 2",
    ]);
  });
});
