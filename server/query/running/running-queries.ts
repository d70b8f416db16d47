import { Failure } from "../../../domain/shared/failure";
import { isFinal } from "../../../domain/shared/is-final";
import type { RunChange, RunStore, StoredRun } from "../query-store";

/** A statement under way in this process. */
export type LiveRun = {
  /** As it is at this moment. */
  readonly run: StoredRun;
  /** Aborted with the Failure that the run ends with. */
  readonly signal: AbortSignal;
  /** Changes what followers see, and with `keep` what is stored, one change after the other. */
  change(change: RunChange, keep?: "keep"): void;
};

export type RunningQueries = {
  /** Stores the run and does `work`, which says how the run ended. */
  start(store: RunStore, run: StoredRun, work: (live: LiveRun) => Promise<RunChange>): Promise<void>;
  /** The run as it is at this moment; null where it is not under way here. */
  find(id: string): StoredRun | null;
  /** Calls `listener` after every change, the last time when the run has ended; gives the function that ends this. */
  subscribe(id: string, listener: () => void): () => void;
  /** Stops a run; resolves when it has ended. */
  stop(id: string, failure: Failure): Promise<void>;
  stopAll(failure: Failure): Promise<void>;
  /** How many are under way in a workspace. */
  count(workspaceId: string): number;
};

type Entry = {
  run: StoredRun;
  abort: AbortController;
  listeners: Set<() => void>;
  ended: Promise<void>;
};

const RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

/** Holds no rows: only what a run says of itself, and who wants to hear of it. */
export function runningQueries({ retryMs = RETRY_MS } = {}): RunningQueries {
  const entries = new Map<string, Entry>();

  const tell = (entry: Entry) => {
    for (const listener of [...entry.listeners]) listener();
  };

  const begin = async (
    store: RunStore,
    entry: Entry,
    work: (live: LiveRun) => Promise<RunChange>,
  ): Promise<void> => {
    const { id } = entry.run;
    let stored = Promise.resolve();
    const live: LiveRun = {
      get run() {
        return entry.run;
      },
      signal: entry.abort.signal,
      change: (change, keep) => {
        entry.run = { ...entry.run, ...change };
        tell(entry);
        if (keep === undefined) return;
        // What could not be stored now is stored with the end.
        stored = stored.then(() => store.changeRun(id, change)).catch(() => undefined);
      },
    };
    const last = await work(live);
    entry.run = { ...entry.run, ...last };
    await stored;
    const { status, rows, bytes, columns, reads, writes } = entry.run;
    const { startedAt, rowsRead, bytesRead } = entry.run;
    const end = {
      ...{ status, rows, bytes, columns, reads, writes, startedAt, rowsRead, bytesRead },
      ...last,
    };
    await keepEnd(store, entry, end, retryMs);
  };

  /** A database that is away for a while must not leave a run that seems to go on for ever: its end is kept here till then. */
  const keepEnd = async (store: RunStore, entry: Entry, end: RunChange, againMs: number): Promise<void> => {
    const { id } = entry.run;
    try {
      await store.changeRun(id, end);
      entries.delete(id);
      tell(entry);
    } catch (error) {
      console.error(`query ${id}: its end could not be stored, and will be:`, error);
      tell(entry);
      setTimeout(
        () => void keepEnd(store, entry, end, Math.min(2 * againMs, LONGEST_RETRY_MS)),
        againMs,
      ).unref();
    }
  };

  const stop = async (id: string, failure: Failure): Promise<void> => {
    const entry = entries.get(id);
    if (entry === undefined) return;
    entry.abort.abort(failure);
    await entry.ended;
  };

  return {
    start: async (store, run, work) => {
      const entry: Entry = {
        run,
        abort: new AbortController(),
        listeners: new Set(),
        ended: Promise.resolve(),
      };
      // There before it is stored: whoever finds the row finds its run here.
      entries.set(run.id, entry);
      try {
        await store.insertRun(run);
      } catch (error) {
        entries.delete(run.id);
        throw error;
      }
      entry.ended = begin(store, entry, work).catch((error: unknown) => {
        console.error(`query ${run.id}:`, error);
      });
    },
    find: (id) => entries.get(id)?.run ?? null,
    subscribe: (id, listener) => {
      const entry = entries.get(id);
      entry?.listeners.add(listener);
      return () => entry?.listeners.delete(listener);
    },
    stop,
    stopAll: async (failure) => {
      await Promise.all([...entries.keys()].map((id) => stop(id, failure)));
    },
    count: (workspaceId) =>
      [...entries.values()].filter(({ run }) => run.workspaceId === workspaceId && !isFinal(run.status))
        .length,
  };
}

/** The web process goes; nothing that it runs outlives it. */
export const GOING = new Failure("cancelled", "The server was stopped.", {
  hint: "Run the statement again.",
});
