import { decodeWindow } from "../decode-window";
import type { ResultWindow } from "../result-source";
import { type ResultError, responseError, unreachable } from "./read-failure";

export type WindowRequest = {
  workspace: string;
  queryId: string;
  viewId: string | null;
  offset: number;
  limit: number;
};

const PAUSES_MS = [200, 900];

const windowUrl = ({ workspace, queryId, viewId, offset, limit }: WindowRequest): string => {
  const query = new URLSearchParams({ offset: String(offset), limit: String(limit) });
  if (viewId !== null) query.set("view", viewId);
  return `/api/results/${encodeURIComponent(workspace)}/${encodeURIComponent(queryId)}/rows?${query}`;
};

/**
 * Rows of a result from the server, tried again where the failure may pass by itself.
 *
 * Failures: `ResultError`; the signal's reason where it was aborted.
 */
export async function fetchWindow(
  request: WindowRequest,
  signal: AbortSignal,
  { ask = fetch, pausesMs = PAUSES_MS }: { ask?: typeof fetch; pausesMs?: readonly number[] } = {},
): Promise<ResultWindow> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await once(request, signal, ask);
    if (answer.window !== null) return answer.window;
    const pause = pausesMs[attempt];
    if (!answer.error.retryable || pause === undefined) throw answer.error;
    await sleep(pause, signal);
  }
}

type Answer = { window: ResultWindow; error: null } | { window: null; error: ResultError };

async function once(request: WindowRequest, signal: AbortSignal, ask: typeof fetch): Promise<Answer> {
  try {
    const response = await ask(windowUrl(request), { signal });
    if (!response.ok) return { window: null, error: await responseError(response) };
    const firstRow = Number(response.headers.get("X-First-Row") ?? request.offset);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { window: { firstRow, table: decodeWindow(bytes) }, error: null };
  } catch (error) {
    signal.throwIfAborted();
    // `fetch` rejects with a TypeError where the network fails, and reading a body that breaks off does too.
    if (error instanceof TypeError) return { window: null, error: unreachable() };
    throw error;
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
