import { describe, expect, it } from "vitest";
import { asInputErrors, errorsBelow, errorTree } from "./prepare-errors";

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

  it("have pointers below that of the config", () => {
    expect(asInputErrors([{ path: ["x"], keyword: "required", message: "Is needed." }], "/config")).toEqual([
      { pointer: "/config/x", message: "Is needed." },
    ]);
  });
});
