import { expect, it } from "vitest";
import { changedFields } from "./changed-fields";

it("names each value that changed, and nothing else", () => {
  const before = { sql: "SELECT 1", write_mode: "append", deep: { a: 1, b: 2 } };
  const after = { sql: "SELECT 2", write_mode: "append", deep: { a: 1, b: 3 } };
  expect(changedFields(before, after)).toEqual([
    { pointer: "/sql", value: "SELECT 2" },
    { pointer: "/deep/b", value: 3 },
  ]);
});

it("removes what the form emptied and sets lists as a whole", () => {
  expect(changedFields({ a: 1, keys: ["x"] }, { keys: ["x", "y"] })).toEqual([
    { pointer: "/a", value: undefined },
    { pointer: "/keys", value: ["x", "y"] },
  ]);
});

it("takes an object that the form made up for no change", () => {
  expect(changedFields({}, { retry_policy: {} })).toEqual([]);
  expect(changedFields({}, { retry_policy: { max_attempts: undefined } })).toEqual([]);
  expect(changedFields({}, { retry_policy: { max_attempts: 2 } })).toEqual([
    { pointer: "/retry_policy", value: { max_attempts: 2 } },
  ]);
});

it("writes signs of a key as a pointer does", () => {
  expect(changedFields({ "a/b": 1 }, { "a/b": 2 })).toEqual([{ pointer: "/a~1b", value: 2 }]);
});
