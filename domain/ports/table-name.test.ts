import { describe, expect, it } from "vitest";
import { Failure } from "../shared/failure";
import { parseTableName, quoteTableName, spellTableName } from "./table-name";

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
  });

  it("takes any other letters in quotes, and spells a name in one way", () => {
    const name = 'lake."my shop"."a ""b"".c"';
    expect(parseTableName(name)).toEqual({ catalog: "lake", schema: "my shop", table: 'a "b".c' });
    expect(spellTableName(parseTableName(name))).toBe(name);
    expect(spellTableName(parseTableName('"lake"."sample"."order"'))).toBe("lake.sample.order");
    expect(quoteTableName(name)).toBe('"lake"."my shop"."a ""b"".c"');
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
    'a.b."',
    'a.b.""',
    'a.b." "',
    'a.b."c"d',
    'a.b.d"c"',
    '"a.b".c',
    '"a"b.c',
    "a.b.c.",
    'a.b."c\nd"',
  ])("refuses %j", (name) => {
    expect(() => parseTableName(name)).toThrow(Failure);
  });
});
