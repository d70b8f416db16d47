import { describe, expect, it } from "vitest";
import { newDocument, whyNotName } from "./new-document";

describe("newDocument", () => {
  it("begins with what the connector needs and says", () => {
    const specification = {
      type: "object",
      required: ["port"],
      properties: { port: { type: "integer", default: 5432 }, ssl: { type: "boolean", default: true } },
    };
    expect(newDocument("source-postgres", null, specification)).toEqual({
      connector: "source-postgres",
      config: { port: 5432 },
      streams: [],
      schedule: { type: "manual" },
    });
    expect(newDocument("source-x", "1.2.3", null)).toMatchObject({ version: "1.2.3", config: {} });
  });
});

describe("whyNotName", () => {
  it("takes what an address can hold", () => {
    expect(whyNotName("shop-orders_2", ["shop"])).toBeNull();
  });

  it.each(["new", "shop", "Shop", "2shop", "a b", "a".repeat(64)])("refuses %s", (name) => {
    expect(whyNotName(name, ["shop"])).not.toBeNull();
  });
});
