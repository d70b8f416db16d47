import { describe, expect, it } from "vitest";
import { type GridKey, readGridKey } from "./read-grid-key";
import {
  addCell,
  extendTo,
  FIRST_CELL,
  isInSpans,
  isSelected,
  selectAll,
  selectCell,
  selectColumns,
  selectedBlock,
  selectionSize,
  selectRows,
  spansOfRow,
  withinSize,
} from "./selection";

const size = { rows: 100_000_000, columns: 12 };

describe("a selection", () => {
  it("is drawn from its anchor in every direction", () => {
    const drawn = extendTo(extendTo(selectCell({ row: 10, column: 4 }), { row: 20, column: 6 }), {
      row: 8,
      column: 2,
    });
    expect(drawn.ranges).toEqual([{ top: 8, bottom: 10, left: 2, right: 4 }]);
    expect(drawn.active).toEqual({ row: 8, column: 2 });
    expect(isSelected(drawn, { row: 9, column: 3 })).toBe(true);
    expect(isSelected(drawn, { row: 11, column: 3 })).toBe(false);
  });

  it("of all rows costs nothing, however many there are", () => {
    const all = selectAll(FIRST_CELL, size);
    expect(selectionSize(all)).toEqual({ rows: 100_000_000, columns: 12 });
    expect(spansOfRow(all, 73_500_000)).toBe("0-11");
    expect(selectAll(FIRST_CELL, { rows: 0, columns: 3 }).ranges).toEqual([]);
  });

  it("takes rows of several places as one block, once each", () => {
    let rows = selectRows(FIRST_CELL, 4, 6, size, false);
    rows = selectRows(rows, 9, 9, size, true);
    rows = selectRows(rows, 5, 7, size, true);
    expect(selectedBlock(rows)?.rows).toEqual([
      { first: 4, last: 7 },
      { first: 9, last: 9 },
    ]);
    expect(selectedBlock(rows)?.columns).toHaveLength(12);
  });

  it("is no block where ranges share neither rows nor columns", () => {
    const apart = addCell(selectCell({ row: 1, column: 1 }), { row: 2, column: 2 });
    expect(selectedBlock(apart)).toBeNull();
    expect(selectedBlock(addCell(selectCell({ row: 1, column: 1 }), { row: 1, column: 3 }))?.columns).toEqual(
      [1, 3],
    );
    expect(selectedBlock(selectColumns(FIRST_CELL, 3, 2, size))?.columns).toEqual([2, 3]);
  });

  it("stays within rows that went away", () => {
    const before = extendTo(selectCell({ row: 5, column: 5 }), { row: 50, column: 5 });
    const after = withinSize(before, { rows: 10, columns: 12 });
    expect(after.ranges).toEqual([{ top: 5, bottom: 9, left: 5, right: 5 }]);
    expect(after.active.row).toBe(9);
    expect(withinSize(before, size)).toBe(before);
  });

  it("reads its own spans", () => {
    expect(isInSpans("0-3 7-7", 7)).toBe(true);
    expect(isInSpans("0-3 7-7", 5)).toBe(false);
    expect(isInSpans("", 0)).toBe(false);
  });
});

describe("readGridKey", () => {
  const press = (key: string, more: Partial<GridKey> = {}, row = 50, column = 5) =>
    readGridKey(
      { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more },
      { active: { row, column }, size, rowsAPage: 30 },
    );
  const to = (row: number, column: number, isExtending = false) => ({
    kind: "move",
    to: { row, column },
    isExtending,
  });

  it.each([
    ["ArrowDown", {}, 51, 5],
    ["ArrowUp", {}, 49, 5],
    ["PageDown", {}, 80, 5],
    ["PageUp", {}, 20, 5],
    ["Home", {}, 50, 0],
    ["End", {}, 50, 11],
    ["Home", { ctrlKey: true }, 0, 0],
    ["End", { ctrlKey: true }, 99_999_999, 11],
    ["ArrowDown", { ctrlKey: true }, 99_999_999, 5],
    ["ArrowLeft", { metaKey: true }, 50, 0],
  ])("moves by %s %j", (key, more, row, column) => {
    expect(press(key, more)).toEqual(to(row, column));
  });

  it("extends with Shift, and stops at the edges", () => {
    expect(press("ArrowRight", { shiftKey: true }, 50, 11)).toEqual(to(50, 11, true));
    expect(press("PageDown", {}, 99_999_990)).toEqual(to(99_999_999, 5));
    expect(press("ArrowUp", {}, 0)).toEqual(to(-1, 5));
    expect(press("ArrowUp", {}, -1)).toEqual(to(-1, 5));
  });

  it("has other keys on the head", () => {
    expect(press("Enter", {}, -1)).toEqual({ kind: "sort", isMore: false });
    expect(press("Enter", { shiftKey: true }, -1)).toEqual({ kind: "sort", isMore: true });
    expect(press("ArrowRight", { shiftKey: true }, -1)).toEqual({ kind: "resize", step: 1 });
    expect(press("ArrowLeft", { ctrlKey: true }, -1)).toEqual({ kind: "reorder", step: -1 });
    expect(press("ArrowRight", {}, -1)).toEqual(to(-1, 6));
    expect(press("ArrowDown", { altKey: true }, -1)).toEqual({ kind: "menu" });
  });

  it("selects, copies and inspects, and leaves other keys alone", () => {
    expect(press("c", { ctrlKey: true })).toEqual({ kind: "copy" });
    expect(press("a", { metaKey: true })).toEqual({ kind: "select_all" });
    expect(press(" ", { shiftKey: true })).toEqual({ kind: "select_row" });
    expect(press(" ", { ctrlKey: true })).toEqual({ kind: "select_column" });
    expect(press("Enter")).toEqual({ kind: "inspect" });
    expect(press("F10", { shiftKey: true })).toEqual({ kind: "menu" });
    for (const key of ["g", "k", "F6", "Tab", "?"]) expect(press(key)).toBeNull();
    expect(press("Enter", { ctrlKey: true })).toBeNull();
  });
});
