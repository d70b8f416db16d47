import { describe, expect, it } from "vitest";
import { COMMAND_KEYS, commandOf } from "./editor-commands";

const press = (key: string, code: string, modifiers = "") => ({
  key,
  code,
  ctrlKey: modifiers.includes("C"),
  metaKey: modifiers.includes("M"),
  shiftKey: modifiers.includes("S"),
  altKey: modifiers.includes("A"),
});

describe("keys of the editor", () => {
  it("run the statement, all of them, and cancel", () => {
    expect(commandOf(press("Enter", "Enter", "C"))).toBe("run");
    expect(commandOf(press("Enter", "Enter", "M"))).toBe("run");
    expect(commandOf(press("Enter", "Enter", "CS"))).toBe("runAll");
    expect(commandOf(press(".", "Period", "C"))).toBe("cancel");
  });

  it("are told by the place of a letter where Alt makes it another sign", () => {
    expect(commandOf(press("Ï", "KeyF", "SA"))).toBe("format");
    expect(commandOf(press("P", "KeyP", "CS"))).toBe("preview");
  });

  it("are letters without a modifier", () => {
    expect(commandOf(press("s", "KeyS"))).toBeNull();
    expect(commandOf(press("Enter", "Enter"))).toBeNull();
    expect(commandOf(press("Enter", "Enter", "SA"))).toBeNull();
  });

  it("mean one thing each", () => {
    const keys = Object.values(COMMAND_KEYS).map((command) => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
