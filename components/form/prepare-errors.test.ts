import { describe, expect, it } from "vitest";
import { asInputErrors, errorsBelow, errorTree, toPointer } from "./prepare-errors";

const errors = [
  { pointer: "/config/host", message: "Is needed." },
  { pointer: "/config/tables/0/a~1b", message: "Must be a text." },
  { pointer: "/config", message: "Fits none of the choices." },
  { pointer: "/configuration", message: "Is no field here." },
];

describe("errors of a config", () => {
  it("are those below it, with pointers of their own", () => {
    expect(errorsBelow(errors, "/config").map(({ pointer }) => pointer)).toEqual([
      "/host",
      "/tables/0/a~1b",
      "",
    ]);
  });

  it("stand in the tree where the form looks for them", () => {
    expect(errorTree(errorsBelow(errors, "/config"))).toEqual({
      host: { __errors: ["Is needed."] },
      tables: { 0: { "a/b": { __errors: ["Must be a text."] } } },
      __errors: ["Fits none of the choices."],
    });
  });

  it("keep names that a pointer must escape", () => {
    expect(toPointer(["a/b", "c~d", 0])).toBe("/a~1b/c~0d/0");
    expect(asInputErrors([{ path: ["x"], keyword: "required", message: "Is needed." }], "/config")).toEqual([
      { pointer: "/config/x", message: "Is needed." },
    ]);
  });
});
