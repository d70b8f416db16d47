import { describe, expect, it } from "vitest";
import { locatePointer } from "./locate-pointer";

const text = JSON.stringify(
  { pipeline_id: "p", tasks: [{ task_id: "a" }, { task_id: "b", config: { "a/b": 1, list: [1, 2] } }] },
  null,
  2,
);
const lineOf = (needle: string) => text.slice(0, text.indexOf(needle)).split("\n").length;

describe("locatePointer", () => {
  it("finds a value in an array in an object", () => {
    expect(locatePointer(text, "/tasks/1/task_id")).toBe(lineOf('"b"'));
  });

  it("reads escaped parts of a pointer", () => {
    expect(locatePointer(text, "/tasks/1/config/a~1b")).toBe(lineOf('"a/b"'));
  });

  it("points at the nearest value around a field that is not there", () => {
    expect(locatePointer(text, "/tasks/1/config/missing")).toBe(lineOf('"config"'));
  });

  it("points at the first line for the whole document", () => {
    expect(locatePointer(text, "")).toBe(1);
  });

  it("finds nothing in text that is no JSON", () => {
    expect(locatePointer("{", "/a")).toBeNull();
  });
});
