import { tableFromIPC } from "@uwdata/flechette";
import { describe, expect, it } from "vitest";
import { jsonToArrow } from "./json-to-arrow";

const rows = (text: string) =>
  tableFromIPC(jsonToArrow(text).arrow, { useBigInt: true, useDecimalInt: true }).toArray();

describe("a JSON file", () => {
  it("is a list of objects, whose fields may be missing", () => {
    expect(rows('[{"a": 1, "b": "x"}, {"b": ""}, {"a": null, "c": true}]')).toEqual([
      { a: 1n, b: "x", c: null },
      { a: null, b: "", c: null },
      { a: null, b: null, c: true },
    ]);
  });

  it("is an object a line", () => {
    expect(rows('{"a": 1}\n\n{"a": 2.5}\n')).toEqual([{ a: 1 }, { a: 2.5 }]);
  });

  it("may be one object over several lines, or plain values", () => {
    expect(rows('{\n "a": 1\n}')).toEqual([{ a: 1n }]);
    expect(rows("[1, 2]")).toEqual([{ value: 1n }, { value: 2n }]);
  });

  it("keeps every digit of whole numbers", () => {
    expect(rows('[{"a": 9007199254740993, "b": 18446744073709551615}]')).toEqual([
      { a: 9007199254740993n, b: 18446744073709551615n },
    ]);
  });

  it("keeps lists and objects, and what has no common type as JSON", () => {
    expect(
      rows('[{"a": [1, null], "b": {"x": 1}, "c": 1}, {"a": [], "b": {"y": "z"}, "c": "one"}, {"c": {}}]'),
    ).toEqual(
      [
        { a: [1n, null], b: { x: 1n, y: null }, c: "1" },
        { a: [], b: { x: null, y: "z" }, c: '"one"' },
        { a: null, b: null, c: "{}" },
      ].map((row) => ({ ...row, a: row.a === null ? null : expect.anything() })),
    );
  });

  it("tells columns of days and times", () => {
    const { times } = jsonToArrow(
      '[{"d": "2026-01-31", "t": "2026-01-31T10:00:00", "z": "2026-01-31T10:00:00.5Z", "w": "2026-02-31", "m": "2026-01-31"},' +
        '{"d": null, "t": "2026-01-31 10:00", "z": "2026-01-31 10:00:00+02:00", "w": "2026-01-01", "m": "soon"}]',
    );
    expect(times).toEqual([
      { name: "d", type: "DATE" },
      { name: "t", type: "TIMESTAMP" },
      { name: "z", type: "TIMESTAMPTZ" },
    ]);
  });

  it.each([
    ["", "empty"],
    ["a,b\n1,2", "not JSON"],
    ['{"a": 1}\n{"a": }', "Line 2"],
    ["[]", "no objects"],
  ])("is refused as %j", (text, reason) => {
    expect(() => jsonToArrow(text)).toThrow(reason);
  });
});
