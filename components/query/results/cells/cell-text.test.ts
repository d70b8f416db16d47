import {
  columnFromArray,
  dictionary,
  float64,
  list,
  tableFromColumns,
  tableToIPC,
  utf8,
} from "@uwdata/flechette";
import { describe, expect, it } from "vitest";
import { decodeWindow } from "../decode-window";
import { inColumn } from "./arrow-value";
import { cellText } from "./cell-text";
import { floatText } from "./number-text";
import { prepareColumnCell } from "./prepare-result-cell";

const columnOf = (values: unknown[], type: Parameters<typeof columnFromArray>[1]) => {
  const bytes = tableToIPC(tableFromColumns([["a", columnFromArray(values, type)]]), {});
  const column = decodeWindow(bytes ?? new Uint8Array()).getChildAt(0);
  if (column === undefined) throw new Error("No column");
  return column;
};
const read = (values: unknown[], type: Parameters<typeof columnFromArray>[1], limit?: number) => {
  const found = inColumn(columnOf(values, type), 0);
  if (found === null) throw new Error("NULL");
  return cellText(found.batch, found.index, limit);
};

describe("cellText", () => {
  it("reads no more of a long text than is drawn, and says so", () => {
    const cut = read(["é".repeat(10_000)], utf8(), 100);
    expect(cut).toMatchObject({ isCut: true, byteLength: 20_000 });
    expect(cut.text.length).toBeLessThan(500);
    expect(read(["é".repeat(10_000)], utf8()).text).toHaveLength(10_000);
  });

  it("stops in a long list, and writes it whole when asked for all", () => {
    const numbers = Array.from({ length: 50_000 }, (_, index) => index);
    const cut = read([numbers], list(float64()), 100);
    expect(cut.isCut).toBe(true);
    expect(cut.text.length).toBeLessThan(120);
    expect(JSON.parse(read([numbers], list(float64())).text)).toEqual(numbers);
  });

  it("reads through dictionaries, where NULL stays NULL", () => {
    const column = columnOf(["a", null, "b", "a"], dictionary(utf8()));
    expect([0, 1, 2, 3].map((row) => prepareColumnCell(column, row).text)).toEqual(["a", "null", "b", "a"]);
  });

  it("marks line ends and tabs in one line, and cuts with a sign", () => {
    expect(prepareColumnCell(columnOf(["a\r\n\tb"], utf8()), 0).text).toBe("a␍⏎⇥b");
    const long = prepareColumnCell(columnOf(["x".repeat(1000)], utf8()), 0);
    expect(long.isCut).toBe(true);
    expect(long.text).toMatch(/^x{240}…$/);
  });
});

describe("floatText", () => {
  it("is the shortest text that reads back", () => {
    expect(floatText(Math.fround(0.1), true)).toBe("0.1");
    expect(floatText(Math.fround(16777217), true)).toBe("16777216");
    expect(floatText(-0, false)).toBe("-0");
    expect(floatText(1e300, false)).toBe("1e+300");
    let seed = 1;
    for (let round = 0; round < 500; round += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      const value = Math.fround((seed / 2 ** 31 - 0.5) * 10 ** (round % 30));
      expect(Math.fround(Number(floatText(value, true)))).toBe(value);
    }
  });
});
