import { describe, expect, it } from "vitest";
import { ResultView } from "@/domain/query/result-view";
import { filtersOfValue } from "../menu/cell-menu-items";
import { addFilter, cycleSort, isWholeResult, removeFilter, WHOLE_RESULT } from "./change-view";
import { filterOf, filterWords, operatorsOf } from "./filter-choices";

describe("a press on a head", () => {
  it("sorts up, down, and as it came", () => {
    const up = cycleSort(WHOLE_RESULT, 3, false);
    expect(up.sort).toEqual([{ column: 3, descending: false }]);
    const down = cycleSort(up, 3, false);
    expect(down.sort).toEqual([{ column: 3, descending: true }]);
    expect(isWholeResult(cycleSort(down, 3, false))).toBe(true);
  });

  it("adds to the others with Shift, and replaces them without", () => {
    const two = cycleSort(cycleSort(WHOLE_RESULT, 3, false), 1, true);
    expect(two.sort.map(({ column }) => column)).toEqual([3, 1]);
    expect(cycleSort(two, 3, true).sort).toEqual([
      { column: 3, descending: true },
      { column: 1, descending: false },
    ]);
    expect(cycleSort(two, 5, false).sort).toEqual([{ column: 5, descending: false }]);
    let many = WHOLE_RESULT;
    for (let column = 0; column < 30; column += 1) many = cycleSort(many, column, true);
    expect(ResultView.safeParse(many).success).toBe(true);
  });
});

describe("a filter", () => {
  it("is there once, and can be taken away", () => {
    const filter = filterOf(2, ">", "10");
    const view = addFilter(addFilter(WHOLE_RESULT, filter), filterOf(2, ">", "10"));
    expect(view.filters).toEqual([{ column: 2, operator: ">", value: "10" }]);
    expect(removeFilter(view, 0)).toEqual(WHOLE_RESULT);
  });

  it("reads lists, and needs no value for NULL", () => {
    expect(filterOf(0, "in", "a, b\nc,,")).toEqual({ column: 0, operator: "in", value: ["a", "b", "c"] });
    expect(filterOf(0, "is_null", "x")).toEqual({ column: 0, operator: "is_null" });
  });

  it("is said in words", () => {
    expect(filterWords(filterOf(0, ">=", "10"), "units")).toBe("units is at least 10");
    expect(filterWords(filterOf(0, "=", ""), "name")).toBe('name is ""');
    expect(filterWords(filterOf(0, "is_null", ""), "name")).toBe("name is null");
    expect(filterWords(filterOf(0, "in", "a,b,c,d,e"), "k")).toBe("k is one of a, b, c and 2 more");
    expect(filterWords(filterOf(0, "=", "x".repeat(99)), "k")).toHaveLength("k is ".length + 41);
  });

  it("offers what the type can be asked", () => {
    expect(operatorsOf("BIGINT")).not.toContain("contains");
    expect(operatorsOf("varchar(20)")[0]).toBe("contains");
    expect(operatorsOf("map(varchar, bigint)")).toEqual(["contains", "is_null", "is_not_null"]);
  });

  it("comes from a value with every digit, NULL as itself", () => {
    const value = { kind: "number" as const, text: "9007199254740993", isCut: false };
    expect(filtersOfValue(1, value)?.keep).toEqual({ column: 1, operator: "=", value: "9007199254740993" });
    expect(filtersOfValue(1, { kind: "null", text: "null", isCut: false })?.leaveOut).toEqual({
      column: 1,
      operator: "is_not_null",
    });
    expect(filtersOfValue(1, { kind: "nested", text: "[1]", isCut: false })).toBeNull();
  });
});
