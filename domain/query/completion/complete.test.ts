import { describe, expect, it } from "vitest";
import { complete } from "./complete";
import golden from "./completion.cases.json";
import type { CompletionNames } from "./completion-names";
import { nameModel } from "./name-model";

type TableCase = { columns: string; key?: string[]; rows?: number; foreignKeys?: object[] };

function namesOf(tables: Record<string, TableCase>): CompletionNames {
  const columnNames: string[] = [];
  const types: string[] = [];
  const placeOf = (list: string[], text: string) => {
    if (!list.includes(text)) list.push(text);
    return list.indexOf(text);
  };
  return {
    version: "1",
    columnNames,
    types,
    tables: Object.entries(tables).map(([name, { columns, rows = null, ...rest }]) => ({
      ...(rest as object),
      parts: name.split(".") as [string, string, string],
      rows,
      columns: columns.split(/, (?![^(]*\))/).flatMap((column) => {
        const [own = "", ...type] = column.split(" ");
        return [placeOf(columnNames, own), placeOf(types, type.join(" "))];
      }),
    })),
  };
}

const model = nameModel(namesOf(golden.tables));
const at = (text: string, dialect: "trino" | "duckdb" = "trino") =>
  complete(text.replace("|", ""), text.indexOf("|"), dialect, model);

describe("completion", () => {
  it.each(golden.cases as [string, string[]][])("%s", (text, wanted) => {
    const inserts = at(text).proposals.map(({ insert }) => insert);
    if (wanted.length === 0) expect(inserts).toEqual([]);
    else expect(inserts.slice(0, 5)).toEqual(expect.arrayContaining(wanted));
  });

  it.each([
    ["SELECT * FROM shop_db.public.invoices v JOIN |", ["lake.shop.orders"]],
    ["SELECT * FROM lake.shop.orders o JOIN |", ["shop_db.public.invoices", "lake.shop.customers"]],
    ["SELECT * FROM lake.shop.orders o JOIN shop_db.public.|", ["invoices"]],
    ["SELECT * FROM lake.shop.orders o LEFT JOIN cu|", ["lake.shop.customers"]],
    ["WITH c AS (SELECT 1) SELECT * FROM shop_db.public.invoices v JOIN |", ["lake.shop.orders", "c"]],
  ])("puts first what a join goes on with: %s", (text, wanted) => {
    expect(
      at(text)
        .proposals.map(({ insert }) => insert)
        .slice(0, wanted.length),
    ).toEqual(wanted);
  });

  it("says which key relates a table, behind JOIN alone", () => {
    const detail = (text: string) => at(text).proposals.find(({ label }) => label === "orders")?.detail;
    expect(detail("SELECT * FROM shop_db.public.invoices v JOIN |")).toContain("foreign key of v");
    expect(detail("SELECT * FROM shop_db.public.invoices v, |")).not.toContain("foreign key");
  });

  it("replaces the whole name under the cursor", () => {
    const sql = "SELECT order_xx FROM lake.shop.orders";
    const { from, to } = complete(sql, "SELECT ord".length, "trino", model);
    expect(sql.slice(from, to)).toBe("order_xx");
  });

  it("knows the functions of the dialect alone", () => {
    const labels = (dialect: "trino" | "duckdb") =>
      at("SELECT list_agg|", dialect).proposals.map((p) => p.label);
    expect(labels("duckdb")).toContain("list_aggregate");
    expect(labels("trino")).not.toContain("list_aggregate");
  });

  it("puts names that are words of the language in quotes", () => {
    const own = nameModel(
      namesOf({ "lake.s.t": { columns: "order bigint, a b varchar".replace("a b", "group") } }),
    );
    const { proposals } = complete("SELECT t. FROM lake.s.t", 9, "trino", own);
    expect(proposals.map(({ insert }) => insert)).toEqual(['"order"', '"group"']);
  });

  it("reads a query that reads itself", () => {
    expect(at("WITH a AS (SELECT * FROM a) SELECT a.| FROM a").proposals).toEqual([]);
  });

  it("bears any half of a statement", () => {
    const whole = golden.cases.map(([text]) => String(text)).join(" ");
    for (let end = 0; end < whole.length; end += 7) {
      const { from, to } = complete(whole.slice(0, end), end, "trino", model);
      expect(from).toBeLessThanOrEqual(to);
    }
  });
});

describe("a name that is made up", () => {
  it.each([
    ["SELECT * FROM lake.shop.orders o|", true],
    ["SELECT * FROM lake.shop.orders o w|", false],
    ["SELECT * FROM lake.shop.orders AS o w|", false],
    ["SELECT * FROM (SELECT 1) t|", true],
    ["SELECT id i|", true],
    ["SELECT id AS i f|", false],
    ["SELECT * FROM lake.shop.orders WHERE id = 1 a|", false],
  ])("%s may be one: %s", (text, mayBe) => {
    expect(at(text).mayBeAlias).toBe(mayBe);
  });
  it.each(["SELECT * FROM lake.shop.orders AS o|", "SELECT id AS i|", "SELECT 1 FROM a JOIN b AS c|"])(
    "%s has no proposals",
    (text) => {
      expect(at(text).proposals).toEqual([]);
    },
  );
  it("CREATE TABLE … AS wants a query", () => {
    expect(at("CREATE TABLE lake.shop.x AS s|").proposals.map(({ insert }) => insert)).toContain("SELECT");
  });
});

it("takes a part of a name for no word of SQL", () => {
  const names = namesOf({ "lake.sample.orders": { columns: "id bigint, note varchar" } });
  const text = "SELECT * FROM lake.sample.orders o WHERE o.no";
  const { proposals } = complete(text, text.length, "trino", nameModel(names));
  expect(proposals.map(({ insert }) => insert)).toEqual(["note"]);
});
