import type { RowRevision } from "./watch-store";

/** A revision may become visible after a larger one, as long as its transaction took. */
const OVERLAP_MS = 2_000;
const FULL_EVERY_MS = 15_000;

/**
 * Which tasks changed between two looks. A look reads what has a larger revision than what was there `OVERLAP_MS` ago, and
 * now and then all rows; each row's revision is remembered, so that nothing is told twice.
 */
export function changedRows(read: (after: number) => Promise<RowRevision[]>) {
  const known = new Map<string, number>();
  let largest = 0;
  let marks: { atMs: number; largest: number }[] = [];
  let fullAtMs = 0;
  return {
    /** Ids of the tasks that changed since the last look, or an attempt of theirs. `isFull`: all rows are looked at. */
    look: async (nowMs: number, isFull: boolean): Promise<string[]> => {
      const reads = isFull || nowMs - fullAtMs >= FULL_EVERY_MS;
      if (reads) fullAtMs = nowMs;
      const old = marks.filter(({ atMs }) => atMs <= nowMs - OVERLAP_MS);
      const rows = await read(reads ? 0 : (old.at(-1)?.largest ?? 0));
      const changed = new Set<string>();
      for (const { taskId, attempt, revision } of rows) {
        const key = `${attempt} ${taskId}`;
        if (known.get(key) === revision) continue;
        known.set(key, revision);
        changed.add(taskId);
        largest = Math.max(largest, revision);
      }
      marks = [...old.slice(-1), ...marks.slice(old.length), { atMs: nowMs, largest }];
      return [...changed];
    },
  };
}
