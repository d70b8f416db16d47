import { describe, expect, it } from "vitest";
import { type KeyPress, readShortcut } from "./read-shortcut";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isTyping: false,
  isCovered: false,
  ...more,
});

describe("readShortcut", () => {
  it("opens the palette by Ctrl K, even while typing", () => {
    expect(readShortcut(press("k", { ctrlKey: true, isTyping: true }), false)).toEqual({ kind: "palette" });
    expect(readShortcut(press("K", { metaKey: true }), false)).toEqual({ kind: "palette" });
  });

  it("reads a letter only after g", () => {
    expect(readShortcut(press("g"), false)).toEqual({ kind: "prefix" });
    expect(readShortcut(press("p"), true)).toEqual({ kind: "letter", letter: "p" });
    expect(readShortcut(press("p"), false)).toBeNull();
  });

  it("leaves letters alone while typing, in dialogs and with modifiers", () => {
    expect(readShortcut(press("g", { isTyping: true }), false)).toBeNull();
    expect(readShortcut(press("?", { isCovered: true }), false)).toBeNull();
    expect(readShortcut(press("g", { ctrlKey: true }), false)).toBeNull();
  });

  it("goes to the next pane by F6 and back by Shift F6", () => {
    expect(readShortcut(press("F6"), false)).toEqual({ kind: "pane", step: 1 });
    expect(readShortcut(press("F6", { shiftKey: true, isTyping: true }), false)).toEqual({
      kind: "pane",
      step: -1,
    });
  });
});
