import { describe, expect, it } from "vitest";
import type { QueryParameter } from "@/domain/query/query-parameter";
import {
  keepParameter,
  parameterProblem,
  parametersOf,
  readList,
  shownValue,
  withType,
  withTyped,
} from "./prepare-parameters";

const day: QueryParameter = { name: "day", type: "date", value: "2026-01-31" };

describe("the parameters of a text", () => {
  it("are its placeholders, once each, with what was last given", () => {
    expect(parametersOf("SELECT {{a}} WHERE d = {{day}} AND a = {{a}} -- {{no}}", [day])).toEqual([
      { name: "a", type: "text", value: "" },
      day,
    ]);
    expect(parametersOf("SELECT 1", [day])).toEqual([]);
  });

  it("keep what was given for names that are gone for now", () => {
    const a: QueryParameter = { name: "a", type: "text", value: "x" };
    expect(keepParameter([day], a)).toEqual([day, a]);
    expect(keepParameter([day, a], { ...a, value: "y" })).toEqual([day, { ...a, value: "y" }]);
  });
});

describe("the value of a parameter", () => {
  it("is what was typed, a list between commas", () => {
    expect(readList(" a, b,, c ")).toEqual(["a", "b", "c"]);
    const list = withTyped({ name: "l", type: "list", items: "text", value: null }, "a, b");
    expect(list.value).toEqual(["a", "b"]);
    expect(shownValue(list)).toBe("a, b");
    expect(shownValue({ ...day, value: null })).toBe("");
  });

  it("is kept as far as another type has it", () => {
    expect(withType(day, "text").value).toBe("2026-01-31");
    expect(withType({ name: "l", type: "text", value: "1, 2" }, "list", "integer")).toEqual({
      name: "l",
      type: "list",
      items: "integer",
      value: ["1", "2"],
    });
    expect(withType(withType(day, "list"), "date")).toEqual(day);
    expect(withType({ name: "b", type: "text", value: "TRUE" }, "boolean").value).toBe("true");
    expect(withType({ name: "b", type: "text", value: null }, "integer").value).toBeNull();
  });

  it("is refused where it is not of its type", () => {
    expect(parameterProblem(day, "trino")).toBeNull();
    expect(parameterProblem({ ...day, value: "31.1.2026" }, "trino")).toContain("not a day");
    expect(parameterProblem({ name: "n", type: "integer", value: "" }, "trino")).toContain("whole number");
    expect(parameterProblem({ name: "n", type: "integer", value: null }, "trino")).toBeNull();
    expect(parameterProblem({ name: "n", type: "list", value: [] }, "trino")).toContain("empty");
  });
});
