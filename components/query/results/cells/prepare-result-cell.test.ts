import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { decodeWindow } from "../decode-window";
import { inColumn } from "./arrow-value";
import { cellText } from "./cell-text";
import { prepareColumnCell } from "./prepare-result-cell";

/** Three rows of every type that DuckDB writes to Arrow; the session's zone is America/New_York. */
const table = read("all-types.arrows");
/** What the server's worker writes of the types that Arrow lacks: worker-types.sql, kept by lake/tests/query/run. */
const carried = read("worker-types.arrows");
const column = (name: string, from = table) => {
  const found = from.getChild(name);
  if (found === undefined) throw new Error(`No column ${name}`);
  return found;
};
const shown = (name: string, row: number) => prepareColumnCell(column(name), row);
const exact = (name: string, row: number) => {
  const found = inColumn(column(name), row);
  return found === null ? null : cellText(found.batch, found.index).text;
};

function read(file: string) {
  return decodeWindow(new Uint8Array(readFileSync(path.join(import.meta.dirname, file))));
}

describe("a cell of a result", () => {
  it.each([
    ["big", 0, "9,223,372,036,854,775,807"],
    ["big", 1, "−9,223,372,036,854,775,808"],
    ["ubig", 0, "18,446,744,073,709,551,615"],
    ["huge", 0, "170,141,183,460,469,231,731,687,303,715,884,105,727"],
    ["dec38", 0, "12,345,678,901,234,567,890,123,456.789012345678"],
    ["dec38", 1, "−0.000000000001"],
    ["dec4", 0, "−1.50"],
    ["f32", 0, "0.1"],
    ["f32", 1, "NaN"],
    ["f32", 2, "Infinity"],
    ["f64", 1, "−Infinity"],
  ])("shows every digit of %s in row %i", (name, row, text) => {
    expect(shown(name, row)).toEqual({ kind: "number", text, isCut: false });
  });

  it.each([
    ["d", 0, "2026-11-21"],
    ["d", 1, "0044-03-15 (BC)"],
    ["d", 2, "infinity"],
    ["t", 0, "06:41:07.123456"],
    ["ts", 0, "2026-11-21 06:41:07.123456"],
    ["ts", 1, "0001-01-01 00:00:00"],
    ["ts", 2, "infinity"],
    ["tsns", 0, "2026-11-21 06:41:07.123456789"],
    ["tss", 0, "1969-12-31 23:59:59"],
    ["tstz", 0, "2026-11-21 01:41:07.500-05:00"],
    ["tstz", 1, "1883-11-18 07:03:58-04:56:02"],
    ["tstz", 2, "-infinity"],
    ["iv", 0, "1 year 2 months 3 days 04:05:06.789"],
    ["iv", 1, "-1 day -00:00:01"],
    ["iv", 2, "00:00:00"],
  ])("shows %s in row %i to its last digit, with its zone", (name, row, text) => {
    expect(shown(name, row)).toEqual({ kind: "time", text, isCut: false });
  });

  it("tells NULL, the empty text and a text apart", () => {
    expect(shown("s", 0)).toEqual({ kind: "text", text: "héllo", isCut: false });
    expect(shown("s", 1)).toEqual({ kind: "empty", text: '""', isCut: false });
    expect(shown("s", 2)).toEqual({ kind: "null", text: "null", isCut: false });
    expect(exact("s", 1)).toBe("");
    expect(shown("nu", 0).kind).toBe("null");
  });

  it("writes nested values as JSON with every digit", () => {
    expect(shown("li", 0).text).toBe("[1, null, 3]");
    expect(shown("li", 1).text).toBe("[]");
    expect(shown("st", 0).text).toBe('{"a": 1.10, "b": "x\\"y", "c": ["2020-01-01 00:00:00"]}');
    expect(shown("mp", 0).text).toBe('{"k": 1, "l": null}');
    expect(shown("arr", 0).text).toBe("[1.5, 2]");
    expect(shown("st", 2).kind).toBe("null");
  });

  it("shows binary as hex with its length, booleans as words, unions as what they hold", () => {
    expect(shown("bl", 0)).toEqual({ kind: "binary", text: "0x00ff, 2 bytes", isCut: false });
    expect(shown("bl", 1).text).toBe("0 bytes");
    expect(shown("b", 1)).toEqual({ kind: "boolean", text: "false", isCut: false });
    expect(shown("un", 0)).toEqual({ kind: "number", text: "5", isCut: false });
    expect(shown("en", 1).text).toBe("bad");
  });

  it.each([
    ["timetz", ["10:00:00.123456+05:30", "23:59:59-15:59:59"]],
    ["bits", ["0010111", "1"]],
    ["uhuge", ["340282366920938463463374607431768211455", "0"]],
    ["bignum", ["123456789012345678901234567890123456789012345678901234567890", "-1"]],
    ["tagged", ["1.10", '""']],
    ["variant", ["{'deep': [1.00, 2.50]}", "text"]],
    ["span", ["1 year 2 months -3 days 04:05:06.789", "00:00:00"]],
    ["id", ["00000000-0000-4000-8000-00000000000f", "ffffffff-ffff-ffff-ffff-ffffffffffff"]],
    ["level", ["b", "a"]],
    ["instant", ["2026-11-21 06:41:07.500+00:00", "1969-12-31 23:59:59.999999+00:00"]],
    ["fine", ["2026-11-21 06:41:07.123456789", "1969-12-31 23:59:59.999999999"]],
    ["times", ['["10:00:00+02", null]', "[]"]],
    [
      "parts",
      [
        '{"bits": "101", "span": "1 day", "big": "18446744073709551616"}',
        '{"bits": null, "span": null, "big": null}',
      ],
    ],
    ["spans", ['{"1 day": ["5"]}', "{}"]],
    ["nested", ['[{"at": "2026-11-21 06:41:07.123456789", "v": "5"}]', "[]"]],
    ["longs", ['["7", null]', "[]"]],
  ])("shows %s as the server's worker wrote it", (name, [first, second]) => {
    const cells = [0, 1, 2].map((row) => prepareColumnCell(column(name, carried), row));
    expect(cells.map(({ text }) => text)).toEqual([first, second, "null"]);
    expect(cells[2]?.kind).toBe("null");
  });
});
