import { describe, expect, it } from "vitest";
import { Failure } from "../shared/failure";
import { parseTableName } from "./table-name";

describe("parseTableName", () => {
  it("splits three identifiers", () => {
    expect(parseTableName("lake.sample.order_lines_2")).toEqual({
      catalog: "lake",
      schema: "sample",
      table: "order_lines_2",
    });
  });

  it.each([
    "",
    "a",
    "a.b",
    "a.b.c.d",
    "a..c",
    "a.b.c d",
    "../a.b.c",
    "a.b./etc/passwd",
    'a.b.c"',
    "a.b.1c",
    "a.b.ö",
  ])("refuses %j", (name) => {
    expect(() => parseTableName(name)).toThrow(Failure);
  });
});
