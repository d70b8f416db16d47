import { describe, expect, it } from "vitest";
import {
  chosenOption,
  initialValue,
  isAtDefault,
  optionFacts,
  orderFields,
  placeholderOf,
  plainDescription,
} from "./prepare-fields";

const shopify = {
  type: "object",
  required: ["shop", "start_date"],
  properties: {
    start_date: { type: "string", default: "2020-01-01", order: 3 },
    bulk_window: { type: "integer", default: 30, order: 2 },
    shop: { type: "string", order: 1 },
    credentials: {
      order: 0,
      oneOf: [
        {
          title: "OAuth2.0",
          required: ["auth_method"],
          properties: {
            auth_method: { type: "string", const: "oauth2.0" },
            token: { type: "string", airbyte_secret: true },
          },
        },
        {
          title: "API Password",
          required: ["auth_method", "api_password"],
          properties: {
            auth_method: { type: "string", const: "api_password" },
            api_password: { type: "string", airbyte_secret: true },
          },
        },
      ],
    },
    internal: { type: "string", airbyte_hidden: true },
  },
};

describe("orderFields", () => {
  it("puts what is needed first, then follows the connector's order, and hides what is hidden", () => {
    const names = Object.keys(shopify.properties);
    expect(orderFields(shopify, names).map(({ name }) => name)).toEqual([
      "shop",
      "start_date",
      "credentials",
      "bulk_window",
    ]);
  });

  it("keeps in sight how one signs in, and what the connector puts before that", () => {
    const properties = {
      host: { type: "string", order: 0 },
      schemas: { type: "array", default: ["public"], order: 1 },
      username: { type: "string", order: 2 },
      password: { type: "string", airbyte_secret: true, order: 3 },
      comment: { type: "string", order: 4 },
      unordered: { type: "string" },
    };
    const leading = orderFields({ type: "object", properties }, Object.keys(properties)).filter(
      ({ isLeading }) => isLeading,
    );
    expect(leading.map(({ name }) => name)).toEqual(["host", "username", "password"]);
  });

  it("hides the constant of a choice", () => {
    const [option] = shopify.properties.credentials.oneOf;
    expect(orderFields(option ?? {}, ["auth_method", "token"]).map(({ name }) => name)).toEqual(["token"]);
  });
});

describe("isAtDefault", () => {
  it("is so without a value and with the default's own", () => {
    expect(isAtDefault(shopify, "bulk_window", {})).toBe(true);
    expect(isAtDefault(shopify, "bulk_window", { bulk_window: 30 })).toBe(true);
    expect(isAtDefault(shopify, "bulk_window", { bulk_window: 7 })).toBe(false);
    expect(isAtDefault(shopify, "unknown", { unknown: 1 })).toBe(false);
  });
});

describe("choices", () => {
  const options = shopify.properties.credentials.oneOf;

  it("are known by their constants", () => {
    expect(optionFacts(options[1], 1)).toEqual({
      title: "API Password",
      constants: { auth_method: "api_password" },
    });
    expect(chosenOption(options, { auth_method: "api_password", api_password: "x" })).toBe(1);
    expect(chosenOption(options, { auth_method: "other" })).toBe(-1);
    expect(chosenOption(options, undefined)).toBe(-1);
  });

  it("without constants are never taken for meant", () => {
    expect(chosenOption([{ type: "object", properties: {} }], {})).toBe(-1);
    expect(optionFacts({}, 1).title).toBe("Choice 2");
  });
});

describe("initialValue", () => {
  it("holds constants and the defaults of what is needed, and nothing else", () => {
    expect(initialValue(shopify)).toEqual({ start_date: "2020-01-01" });
    expect(initialValue(shopify.properties.credentials)).toEqual({ auth_method: "oauth2.0" });
    expect(initialValue({ type: "object", required: ["a"], properties: { a: { type: "string" } } })).toEqual(
      {},
    );
    expect(initialValue({ type: "string" })).toBeUndefined();
  });
});

describe("texts", () => {
  it("loses markup and keeps what it says", () => {
    expect(plainDescription('See <a href="https://x.example">the docs</a>.<br/>A &lt; B')).toBe(
      "See the docs. A < B",
    );
    expect(plainDescription("in [the guide](https://x.example/a)")).toBe("in the guide");
    expect(plainDescription(undefined)).toBe("");
  });

  it("names the default before an example", () => {
    expect(placeholderOf({ default: 5432, examples: [1] })).toBe("5432, the default");
    expect(placeholderOf({ examples: ["db.example"] })).toBe("such as db.example");
    expect(placeholderOf({})).toBe("");
  });
});
