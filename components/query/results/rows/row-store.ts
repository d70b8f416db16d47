import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { ResultSource } from "../result-source";
import { type KeptRow, windowCache } from "./window-cache";

/** Memory for rows that were read: some hundred screens of wide rows. */
export const CACHE_BYTES = 96 * 1024 * 1024;

const CELLS_A_REQUEST = 40_000;
const SHORTEST_PAUSE_MS = 60;
const SETTLED_AFTER_MS = 150;
const MOST_REQUESTS = 3;

/** Rows of a request, so that it stays small for wide results and does not have to be repeated for narrow ones. */
export const rowsARequest = (columns: number): number =>
  Math.min(4096, Math.max(64, Math.round(CELLS_A_REQUEST / Math.max(1, columns))));

/** The rows of a source that a grid shows, as far as they are here; asks for those that are wanted. */
export type RowStore = {
  row: (row: number) => KeptRow | null;
  /** Rows `[first, end)` are to be shown: reads what is missing, then a part of what comes next in the direction of the move. */
  want: (first: number, end: number) => void;
  subscribe: (listener: () => void) => () => void;
  /** Another number after every change of what `row` or `failure` give. */
  version: () => number;
  failure: () => ShownFailure | null;
  retry: () => void;
  close: () => void;
};

type Request = { start: number; end: number; controller: AbortController };

export type RowStoreOptions = {
  budgetBytes?: number;
  now?: () => number;
  /** Calls back later; gives what ends the waiting. */
  later?: (act: () => void, ms: number) => () => void;
};

const afterTimeout = (act: () => void, ms: number) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

export function rowStore(source: ResultSource, options: RowStoreOptions = {}): RowStore {
  const { budgetBytes = CACHE_BYTES, now = () => performance.now(), later = afterTimeout } = options;
  const cache = windowCache(budgetBytes);
  const chunk = rowsARequest(source.columns.length);
  const listeners = new Set<() => void>();
  const requests = new Set<Request>();
  let wanted = { first: 0, end: 0, isUpward: false };
  /** Rows fly by while the thumb is dragged: what comes next is not read ahead until it rests. */
  let isFlying = false;
  let failure: ShownFailure | null = null;
  let version = 0;
  let startedAt = Number.NEGATIVE_INFINITY;
  let stopWaiting: (() => void) | null = null;
  let isClosed = false;

  const changed = () => {
    version += 1;
    for (const listener of listeners) listener();
  };
  const coveringRequest = (row: number) =>
    [...requests].find(({ start, end }) => row >= start && row < end) ?? null;

  /** The first row of `[first, end)` that is neither here nor under way. */
  const firstUnasked = (first: number, end: number): number | null => {
    let row = cache.firstMissing(first, end);
    while (row !== null) {
      const request = coveringRequest(row);
      if (request === null) return row;
      row = cache.firstMissing(request.end, end);
    }
    return null;
  };

  const isUnderWay = (first: number, end: number): boolean =>
    [...requests].some((request) => request.start < end && request.end > first);

  const abortStale = () => {
    const slack = 2 * chunk;
    for (const request of requests) {
      if (request.end > wanted.first - slack && request.start < wanted.end + slack) continue;
      requests.delete(request);
      request.controller.abort();
    }
  };

  const nextRow = (): number | null => {
    const end = Math.min(wanted.end, source.rows);
    const shown = firstUnasked(wanted.first, end);
    // The server answers with whole chunks: what comes next may come with what is shown.
    if (shown !== null || isFlying || isUnderWay(wanted.first, end)) return shown;
    return wanted.isUpward
      ? firstUnasked(Math.max(0, wanted.first - chunk), wanted.first)
      : firstUnasked(end, Math.min(source.rows, end + chunk));
  };

  const ask = (row: number) => {
    const aligned = Math.floor(row / chunk) * chunk;
    const isJoined = row > aligned && (cache.row(row - 1) !== null || coveringRequest(row - 1) !== null);
    const start = isJoined ? row : aligned;
    const end = Math.min(source.rows, aligned + chunk);
    const request: Request = { start, end, controller: new AbortController() };
    requests.add(request);
    startedAt = now();
    source.read(start, end - start, request.controller.signal).then(
      (window) => {
        if (!requests.delete(request) || isClosed) return;
        cache.add(window);
        if (cache.row(row) === null) failure = noRows(row);
        changed();
        pump();
      },
      (error: unknown) => {
        if (!requests.delete(request) || isClosed) return;
        failure = failureOf(error);
        changed();
      },
    );
  };

  const pump = () => {
    if (isClosed || failure !== null) return;
    abortStale();
    while (requests.size < MOST_REQUESTS) {
      const row = nextRow();
      if (row === null) return;
      const pause = startedAt + SHORTEST_PAUSE_MS - now();
      if (isFlying && pause > 0) return;
      ask(row);
    }
  };

  /** After the pause between two requests, or once the rows rest. */
  const pumpLater = () => {
    stopWaiting?.();
    stopWaiting = later(() => {
      pump();
      stopWaiting = later(() => {
        isFlying = false;
        pump();
      }, SETTLED_AFTER_MS - SHORTEST_PAUSE_MS);
    }, SHORTEST_PAUSE_MS);
  };

  const stopWatching = source.subscribe(() => pump());
  return {
    row: cache.row,
    want: (first, end) => {
      if (first === wanted.first && end === wanted.end) return;
      const isFar = wanted.end > 0 && (first >= wanted.end || end <= wanted.first);
      isFlying = isFlying || isFar;
      wanted = { first, end, isUpward: first < wanted.first };
      pump();
      if (isFlying) pumpLater();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
    failure: () => failure,
    retry: () => {
      failure = null;
      changed();
      pump();
    },
    close: () => {
      isClosed = true;
      stopWatching();
      stopWaiting?.();
      for (const { controller } of requests) controller.abort();
      requests.clear();
      listeners.clear();
      cache.clear();
    },
  };
}

const noRows = (row: number): ShownFailure => ({
  code: "not_found",
  message: `Row ${row + 1} did not come.`,
  hint: "The result may have been let go. Run the statement again if this stays.",
});
