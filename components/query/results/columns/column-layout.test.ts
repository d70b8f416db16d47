import { describe, expect, it } from "vitest";
import {
  columnAt,
  columnsBetween,
  firstColumnState,
  firstWidth,
  hideColumn,
  layOutColumns,
  moveColumn,
  NARROWEST,
  resizeColumn,
  showColumn,
  togglePinned,
  withFirstWidths,
} from "./column-layout";

const columns = Array.from({ length: 500 }, (_, index) => ({ name: `c${index}`, type: "BIGINT" }));
const five = firstColumnState(columns.slice(0, 5));

describe("the order of columns", () => {
  it("moves, hides and shows", () => {
    expect(moveColumn(five, 0, 3).shown).toEqual([1, 2, 3, 0, 4]);
    expect(moveColumn(five, 4, -7).shown).toEqual([4, 0, 1, 2, 3]);
    const hidden = hideColumn(hideColumn(five, 2), 3);
    expect(hidden.shown).toEqual([0, 1, 4]);
    expect(showColumn(hidden, 2).shown).toEqual([0, 1, 2, 4]);
    expect(showColumn(hideColumn(five, 0), 0).shown).toEqual([0, 1, 2, 3, 4]);
    expect(hideColumn({ ...five, shown: [3] }, 3).shown).toEqual([3]);
  });

  it("pins columns to the left and lets them go", () => {
    const pinned = togglePinned(togglePinned(five, 3), 1);
    expect(pinned).toMatchObject({ pinned: 2, shown: [3, 1, 0, 2, 4] });
    expect(togglePinned(pinned, 3)).toMatchObject({ pinned: 1, shown: [1, 3, 0, 2, 4] });
    expect(moveColumn(pinned, 0, 4).shown).toEqual([1, 3, 0, 2, 4]);
    expect(moveColumn(pinned, 4, 0).shown).toEqual([3, 1, 4, 0, 2]);
    expect(hideColumn(pinned, 1)).toMatchObject({ pinned: 1, shown: [3, 0, 2, 4] });
  });
});

describe("the layout", () => {
  it("draws only the columns in view of 500", () => {
    const layout = layOutColumns(firstColumnState(columns), columns);
    const { first, end } = columnsBetween(layout, 20_000, 21_200);
    expect(end - first).toBeLessThan(20);
    expect(layout.lefts[first + 1]).toBeLessThanOrEqual(20_000);
    expect((layout.lefts[end - 1] ?? 0) + (layout.widths[end - 1] ?? 0)).toBeGreaterThanOrEqual(21_200);
    expect(columnsBetween(layout, layout.scrollWidth - 800, layout.scrollWidth).end).toBe(500);
    expect(columnAt(layout, 1e9)).toBe(499);
    expect(columnAt(layout, -5)).toBe(0);
  });

  it("keeps pinned columns out of the part that scrolls", () => {
    const layout = layOutColumns(togglePinned(firstColumnState(columns), 7), columns);
    expect(layout.pinnedWidth).toBe(layout.widths[0]);
    expect(layout.lefts[1]).toBe(0);
    expect(columnsBetween(layout, 0, 400).first).toBe(1);
  });

  it("gives every column a width that can be read, and one that was set stays", () => {
    expect(firstWidth({ name: "x".repeat(200), type: "VARCHAR" })).toBe(320);
    const state = withFirstWidths(
      resizeColumn(five, 1, 3),
      new Map([
        [1, 200],
        [2, 210],
      ]),
    );
    expect(state.widths.get(1)).toBe(NARROWEST);
    expect(state.widths.get(2)).toBe(210);
    expect(layOutColumns({ shown: [], pinned: 0, widths: new Map() }, [])).toMatchObject({ scrollWidth: 0 });
  });
});
