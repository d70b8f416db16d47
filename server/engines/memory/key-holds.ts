import type { KeyHolds } from "../../../domain/ports/key-holds";

/** The holds of one process; give several the same `held` where they are to see each other. */
export function memoryKeyHolds(held: Set<string> = new Set()): KeyHolds {
  return {
    async hold(key) {
      if (held.has(key)) return null;
      held.add(key);
      return async () => void held.delete(key);
    },
  };
}
