import { describe, expect, it } from "vitest";
import { readKey } from "./read-key";

const key = (text: string) => {
  const parts = text.split("+");
  return readKey({
    key: parts.at(-1) ?? "",
    altKey: parts.includes("Alt"),
    ctrlKey: parts.includes("Ctrl"),
    metaKey: parts.includes("Meta"),
    shiftKey: parts.includes("Shift"),
  });
};

describe("readKey", () => {
  it("tells walking, extending and moving apart", () => {
    expect(key("ArrowDown")).toEqual({ do: "walk", way: "down" });
    expect(key("Shift+ArrowLeft")).toEqual({ do: "extend", way: "left" });
    expect(key("Alt+ArrowUp")).toEqual({ do: "push", way: "up", steps: 1 });
    expect(key("Alt+Shift+ArrowUp")).toEqual({ do: "push", way: "up", steps: 8 });
  });

  it("knows both keys of undo and redo on every system", () => {
    for (const control of ["Ctrl", "Meta"]) {
      expect(key(`${control}+z`)).toEqual({ do: "undo" });
      expect(key(`${control}+Shift+Z`)).toEqual({ do: "redo" });
      expect(key(`${control}+y`)).toEqual({ do: "redo" });
    }
  });

  it("leaves the browser what is the browser's", () => {
    for (const text of ["Ctrl+c", "Ctrl+v", "Ctrl+x", "Ctrl+f", "Ctrl+Alt+z", "Tab", "F5", "x", "Alt+c"])
      expect([text, key(text)]).toEqual([text, null]);
  });
});
