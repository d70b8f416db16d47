import { describe, expect, it } from "vitest";
import {
  destinationWords,
  settingErrors,
  settingValue,
  splitSettings,
  streamWords,
} from "./prepare-settings";

const document = {
  streams: [{ name: "Orders" }],
  transformation: { schema_mapping: { a: "b" } },
  parallel: 2,
};

describe("splitSettings", () => {
  it("folds what stands at its default and nothing that has an error", () => {
    expect(splitSettings(document, []).shown).toEqual(["streams", "schedule", "parallel", "schema_mapping"]);
    const errors = [{ pointer: "/retries/max_attempts", message: "Too big" }];
    expect(splitSettings(document, errors).folded).toEqual([
      "on_schema_change",
      "destination",
      "deduplication",
    ]);
    expect(settingErrors(errors, "retries")).toEqual(["max_attempts: Too big"]);
  });

  it("reads through what is not there", () => {
    expect(settingValue(document, "schema_mapping")).toEqual({ a: "b" });
    expect(settingValue({ transformation: 1 }, "deduplication")).toBeUndefined();
  });
});

describe("words", () => {
  it("say where tables land", () => {
    expect(destinationWords("shopify-orders", document)).toBe(
      "1 table in lake.shopify_orders, such as lake.shopify_orders.orders.",
    );
    expect(destinationWords("", {})).toBe("Tables land in lake.name.");
  });

  it("say how many streams are chosen and what is left out", () => {
    const all = ["a", "b", "c", "d", "e", "f", "g", "h"].map((name) => ({ name }));
    expect(streamWords([{ name: "a" }], all)).toEqual({
      count: "1 of 8",
      leftOut: "7 left out: b, c, d, e, f, g, …",
    });
    expect(streamWords([{ name: "a" }], null)).toEqual({ count: "1", leftOut: "" });
  });
});
