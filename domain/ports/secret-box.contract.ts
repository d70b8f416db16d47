import { describe, expect, it } from "vitest";
import type { SecretBox } from "./secret-box";

/** What every SecretBox keeps. `make` gives a box with a key of its own at every call. */
export function describeSecretBoxContract(name: string, make: () => SecretBox): void {
  describe(`SecretBox: ${name}`, () => {
    it("opens what it sealed, in any script and of any length", () => {
      const box = make();
      for (const plain of ["", "hunter2", "žluť 🔑", "x".repeat(100_000)]) {
        expect(box.open(box.seal(plain, "ws-1"), "ws-1")).toBe(plain);
      }
    });

    it("hides the text and seals it differently every time", () => {
      const box = make();
      const sealed = box.seal("hunter2", "ws-1");
      expect(sealed).not.toContain("hunter2");
      expect(sealed).toMatch(/^[\x21-\x7e]+$/);
      expect(box.seal("hunter2", "ws-1")).not.toBe(sealed);
    });

    it("refuses another context", () => {
      const box = make();
      expect(() => box.open(box.seal("hunter2", "ws-1"), "ws-2")).toThrow(unreadable);
    });

    it("refuses another key", () => {
      expect(() => make().open(make().seal("hunter2", "ws-1"), "ws-1")).toThrow(unreadable);
    });

    it("refuses a damaged or foreign value", () => {
      const box = make();
      const sealed = box.seal("hunter2", "ws-1");
      const middle = Math.floor(sealed.length / 2);
      const flipped = sealed[middle] === "A" ? "B" : "A";
      const damaged = sealed.slice(0, middle) + flipped + sealed.slice(middle + 1);
      for (const value of [damaged, sealed.slice(0, -8), "", "plain text"]) {
        expect(() => box.open(value, "ws-1")).toThrow(unreadable);
      }
    });
  });
}

const unreadable = expect.objectContaining({ name: "Failure", code: "invalid_input" });
