import { describe, expect, it } from "vitest";
import { Failure } from "../shared/failure";
import { parseTableName, quoteTableName } from "./table-name";

describe("parseTableName", () => {
  it("splits three identifiers", () => {
    expect(parseTableName("lake.sample.order_lines_2")).toEqual({
      catalog: "lake",
      schema: "sample",
      table: "order_lines_2",
    });
  });

  it.each(["lake.sample.zákazníci", "lake.магазин.заказы", "lake.店.注文2", "lake.sample.हिन्दी"])(
    "takes %s",
    (name) => {
      expect(Object.values(parseTableName(name)).join(".")).toBe(name);
    },
  );

  it("quotes each part, so that a keyword is a name like others", () => {
    expect(quoteTableName("lake.sample.order")).toBe('"lake"."sample"."order"');
    expect(() => quoteTableName('lake.sample."x"')).toThrow(Failure);
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
    "a.b.c-d",
    "a.b.c\u0000",
    "a.b.c\u2028",
    "a.b.½",
  ])("refuses %j", (name) => {
    expect(() => parseTableName(name)).toThrow(Failure);
  });
});
