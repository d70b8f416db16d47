import { expect, it } from "vitest";
import { pointerLines } from "./pointer-lines";

const TEXT = `{
  // what it is for
  "name": "x",
  "tasks": [
    { "task_id": "a" },
    {
      "task_id": "b",
      "con/fig": { "sql": "SELECT 1" }
    }
  ]
}
`;

it("names the line of a value, through comments and escaped keys", () => {
  const lineOf = pointerLines(TEXT);
  expect(lineOf("/name")).toBe(3);
  expect(lineOf("/tasks/0/task_id")).toBe(5);
  expect(lineOf("/tasks/1/con~1fig/sql")).toBe(8);
  expect(lineOf("")).toBe(1);
});

it("takes a field that looks like a number for a field", () => {
  expect(pointerLines('{\n"a": {\n"0": 1\n}\n}')("/a/0")).toBe(3);
});

it("names the value around what is not there", () => {
  expect(pointerLines(TEXT)("/tasks/1/timeout")).toBe(6);
  expect(pointerLines(TEXT)("/schedule")).toBe(1);
});

it("says nothing of a text without a value", () => {
  expect(pointerLines("")("/name")).toBeNull();
});
