import type { Cell } from "@/domain/ports/rows";
import type { ColumnProfile } from "@/domain/query/compile/column-profile";
import { columnsPerProfile, compileProfile, type ProfileDepth } from "@/domain/query/compile/compile-profile";
import { readProfiles } from "@/domain/query/compile/read-profiles";
import type { ResultColumn } from "@/domain/query/result-column";

/** Questions that are under way at a time. */
const PARALLEL = 2;
/** Results of more values are only asked about the columns that are seen: each of them takes the engine a while. */
const VALUES_ALL_AT_ONCE = 200_000_000;

export type ProfileState = {
  /** By the place of the column. */
  overviews: ReadonlyMap<number, ColumnProfile>;
  details: ReadonlyMap<number, ColumnProfile>;
  isLoading: boolean;
  failure: unknown;
};

export type ProfileStore = {
  getState: () => ProfileState;
  subscribe: (listener: () => void) => () => void;
  /** These columns come first. */
  see: (columns: readonly number[]) => void;
  /** Asks for the quantiles and exact counts of one column. */
  open: (column: number) => void;
  /** Goes on after a failure. */
  retry: () => void;
  close: () => void;
};

export type ProfiledResult = {
  columns: readonly ResultColumn[];
  rows: number;
  rowsOf: (sql: string, signal: AbortSignal) => Promise<Cell[][]>;
};

type Job = { columns: number[]; depth: ProfileDepth };

/** Learns about the columns of a result: those that are seen first, then, unless `onlySeen`, the others, some at a time. */
export function profileStore(
  { columns, rows, rowsOf }: ProfiledResult,
  { onlySeen = false }: { onlySeen?: boolean } = {},
): ProfileStore {
  const perStatement = columnsPerProfile(rows);
  const takesAll = !onlySeen && rows * columns.length <= VALUES_ALL_AT_ONCE;
  const unasked = new Set(columns.keys());
  const listeners = new Set<() => void>();
  const closed = new AbortController();
  let state: ProfileState = { overviews: new Map(), details: new Map(), isLoading: false, failure: null };
  let seen: readonly number[] = [];
  let opened: number | null = null;
  let running = 0;

  const set = (change: Partial<ProfileState>) => {
    state = { ...state, ...change };
    for (const listener of [...listeners]) listener();
  };

  const next = (): Job | null => {
    if (opened !== null) {
      const column = opened;
      opened = null;
      return { columns: [column], depth: "detail" };
    }
    const wanted = [...seen.filter((column) => unasked.has(column)), ...(takesAll ? unasked : [])];
    const batch = [...new Set(wanted)].slice(0, perStatement);
    for (const column of batch) unasked.delete(column);
    return batch.length === 0 ? null : { columns: batch, depth: "overview" };
  };

  const goOn = () => {
    while (running < PARALLEL && state.failure === null && !closed.signal.aborted) {
      const job = next();
      if (job === null) break;
      running += 1;
      void perform(job).finally(() => {
        running -= 1;
        goOn();
      });
    }
    if (state.isLoading !== running > 0) set({ isLoading: running > 0 });
  };

  const perform = async ({ columns: asked, depth }: Job) => {
    try {
      const cells = await rowsOf(compileProfile(asked, columns, rows, depth), closed.signal);
      const known = depth === "detail" ? "details" : "overviews";
      const profiles = readProfiles(cells, columns, rows, depth);
      set({ [known]: new Map([...state[known], ...profiles.map((it) => [it.column, it] as const)]) });
    } catch (failure) {
      if (closed.signal.aborted) return;
      giveBack({ columns: asked, depth });
      set({ failure });
    }
  };

  /** To be asked again. */
  const giveBack = ({ columns: asked, depth }: Job) => {
    if (depth === "detail") opened = asked[0] ?? null;
    else for (const column of asked) unasked.add(column);
  };

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    see(wanted) {
      seen = wanted;
      goOn();
    },
    open(column) {
      if (state.details.has(column)) return;
      opened = column;
      goOn();
    },
    retry() {
      set({ failure: null });
      goOn();
    },
    close: () => closed.abort(new DOMException("The result is no longer looked at.", "AbortError")),
  };
}
