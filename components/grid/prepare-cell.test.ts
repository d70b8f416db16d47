import { describe, expect, it } from "vitest";
import { isNumericType, prepareCell } from "./prepare-cell";

describe("prepareCell", () => {
  it.each([
    [null, "varchar", { kind: "null", text: "null" }],
    ["", "varchar", { kind: "empty", text: "empty text" }],
    ["null", "varchar", { kind: "text", text: "null" }],
    ["9223372036854775807", "bigint", { kind: "number", text: "9,223,372,036,854,775,807" }],
    ["-1234567.8900", "decimal(18,4)", { kind: "number", text: "−1,234,567.8900" }],
    ["123", "varchar", { kind: "text", text: "123" }],
    ["NaN", "double", { kind: "number", text: "NaN" }],
    ["-1.5e-300", "double", { kind: "number", text: "−1.5e-300" }],
    [
      "2026-11-21T06:41:07.000000Z",
      "timestamp(6) with time zone",
      { kind: "text", text: "2026-11-21 06:41:07" },
    ],
    ["2026-11-21 06:41:07.123456", "timestamp(6)", { kind: "text", text: "2026-11-21 06:41:07.123456" }],
    ["2026-11-21 06:41:07+00", "timestamp(6) with time zone", { kind: "text", text: "2026-11-21 06:41:07" }],
    [35.1, "DOUBLE", { kind: "number", text: "35.1" }],
    [false, "boolean", { kind: "text", text: "false" }],
    ["a\nb", "varchar", { kind: "text", text: "a⏎b" }],
  ] as const)("shows %j as %s", (value, type, shown) => {
    expect(prepareCell(value, type)).toEqual(shown);
  });

  it("cuts a long text and says so", () => {
    expect(prepareCell("x".repeat(1000), "varchar").text).toMatch(/^x{400}…$/);
  });
});

describe("isNumericType", () => {
  it("tells numbers from what only begins like one", () => {
    expect(["decimal(12,2)", "bigint", "UINTEGER"].every(isNumericType)).toBe(true);
    expect(["varchar", "date", "array(bigint)", "INTEGER[]", "row(a integer)"].some(isNumericType)).toBe(
      false,
    );
  });
});
