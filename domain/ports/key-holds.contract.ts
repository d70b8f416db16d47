import { describe, expect, it } from "vitest";
import type { KeyHolds } from "./key-holds";

type World = {
  /** The holds of two processes that see each other's. */
  one: KeyHolds;
  other: KeyHolds;
};

export function describeKeyHoldsContract(name: string, make: () => Promise<World>): void {
  describe(`KeyHolds: ${name}`, () => {
    it("gives a key to one at a time, whoever asks, and other keys to others", async () => {
      const { one, other } = await make();
      const letGo = await one.hold("a");
      expect(letGo).not.toBeNull();
      expect(await one.hold("a")).toBeNull();
      expect(await other.hold("a")).toBeNull();
      const letGoOfB = await other.hold("b");
      expect(letGoOfB).not.toBeNull();
      expect(await one.hold("b")).toBeNull();
      await letGo?.();
      const again = await other.hold("a");
      expect(again).not.toBeNull();
      await again?.();
      await letGoOfB?.();
    });

    it("gives a key to one of many who ask at once", async () => {
      const { one, other } = await make();
      const asked = await Promise.all([one, other, one, other].map((each) => each.hold("a")));
      const given = asked.filter((letGo) => letGo !== null);
      expect(given).toHaveLength(1);
      await given[0]?.();
    });
  });
}
