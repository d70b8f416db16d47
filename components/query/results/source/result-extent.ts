export type Extent = { rows: number; isComplete: boolean };

/** How far a result has come, for those who watch it. */
export type ExtentCell = {
  readonly now: Extent;
  set: (extent: Extent) => void;
  subscribe: (listener: () => void) => () => void;
};

export function extentCell(start: Extent): ExtentCell {
  let now = start;
  const listeners = new Set<() => void>();
  return {
    get now() {
      return now;
    },
    set: (extent) => {
      if (extent.rows === now.rows && extent.isComplete === now.isComplete) return;
      now = extent;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
