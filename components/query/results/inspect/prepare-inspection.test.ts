import { describe, expect, it } from "vitest";
import type { CellText } from "../cells/cell-text";
import { indentJson, markBlanks, prepareInspection } from "./prepare-inspection";

const text = (value: string): CellText => ({
  kind: "text",
  text: value,
  byteLength: new TextEncoder().encode(value).length,
  isCut: false,
});

describe("prepareInspection", () => {
  it("shows blanks that cannot be seen, and copies the value as it is", () => {
    const shown = prepareInspection(text(" a\tb\u00a0\u200b\r\n"), true);
    expect(shown.shown).toBe("·a⇥\tb⍽␣␍⏎\n");
    expect(shown.copied).toBe(" a\tb\u00a0\u200b\r\n");
    expect(markBlanks("ab")).toBe("ab");
  });

  it("counts what people call characters, and bytes", () => {
    expect(prepareInspection(text("añ👩‍👩‍👧"), false).facts).toEqual(["3 characters", "21 B"]);
    expect(prepareInspection(text(""), false).facts).toEqual(["empty text"]);
  });

  it("lays out JSON without touching a digit or a text", () => {
    const json = '{"a": 9007199254740993, "b": [1.10, {}, [], "x, {y}: \\"z\\""], "c": null}';
    expect(indentJson(json)).toBe(
      '{\n  "a": 9007199254740993,\n  "b": [\n    1.10,\n    {},\n    [],\n    "x, {y}: \\"z\\""\n  ],\n  "c": null\n}',
    );
    expect(prepareInspection(text('{"x":1.0}'), false).shown).toBe('{\n  "x": 1.0\n}');
    expect(prepareInspection(text("{no json"), false).shown).toBe("{no json");
  });

  it("draws a part of a very long value, and copies all of it", () => {
    const long = prepareInspection(text("x".repeat(1_000_000)), false);
    expect(long.isCut).toBe(true);
    expect(long.shown).toHaveLength(200_000);
    expect(long.copied).toHaveLength(1_000_000);
  });

  it("shows binary as lines of hex", () => {
    const shown = prepareInspection(
      { kind: "binary", text: "00ff".repeat(9), byteLength: 18, isCut: false },
      false,
    );
    expect(shown.shown.split("\n")).toHaveLength(2);
    expect(shown.facts).toEqual(["18 bytes"]);
  });
});
