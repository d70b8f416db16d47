import { describe, expect, it } from "vitest";
import { exactJson, parseExactJson } from "./exact-json";

describe("parseExactJson", () => {
  it("keeps every digit of a large integer", () => {
    expect(parseExactJson('{"snapshot_id": 8271638172638172631, "rows": 12}')).toEqual({
      snapshot_id: "8271638172638172631",
      rows: 12,
    });
    expect(parseExactJson("[-9007199254740993,1]")).toEqual(["-9007199254740993", 1]);
  });

  it("leaves texts, fractions and small numbers as they are", () => {
    const value = {
      text: 'said "8271638172638172631", 1',
      path: "C:\\8271638172638172631",
      share: 0.1234567890123456,
    };
    expect(parseExactJson(JSON.stringify(value))).toEqual(value);
    expect(parseExactJson("1234567890123456e2")).toBe(123456789012345600);
  });
});

describe("exactJson", () => {
  it("sends snapshot ids as integers with every digit, and leaves other texts", () => {
    const body = { snapshot_id: "8271638172638172631", from_snapshot_id: "12", written_by: "12", name: "x" };
    expect(exactJson(body)).toBe(
      '{"snapshot_id":8271638172638172631,"from_snapshot_id":12,"written_by":"12","name":"x"}',
    );
    expect(exactJson({ written_by: '"snapshot_id":"12"' })).toBe(
      '{"written_by":"\\"snapshot_id\\":\\"12\\""}',
    );
  });
});
