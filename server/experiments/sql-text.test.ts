import { expect, it } from "vitest";
import { sqlText } from "./sql-text";

it("keeps a text inside its quotes", () => {
  expect(sqlText("BABY FOODS")).toBe("'BABY FOODS'");
  expect(sqlText("x' OR '1'='1")).toBe("'x'' OR ''1''=''1'");
  expect(sqlText("a\\'b\0")).toBe("'a\\''b'");
});
