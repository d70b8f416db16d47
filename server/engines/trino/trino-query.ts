import { Failure } from "../../../domain/shared/failure";
import type { JsonCursor } from "./arrow/json-cursor";
import type { TrinoColumn, TrinoPage, TrinoStats } from "./page";
import { type StatementText, toFailure } from "./trino-failures";
import type { TrinoHeaders, TrinoHttp } from "./trino-http";

export type TrinoStep = {
  queryId: string;
  /** Null until Trino knows them. */
  columns: TrinoColumn[] | null;
  /** Stands before the array of rows that this step brings; null where it brings none. */
  rows: JsonCursor | null;
  stats: TrinoStats;
};

const NEVER = new AbortController().signal;

/**
 * Runs one statement and gives its answers one by one; the next is on its way while one is looked at. A signal that is
 * aborted, and a loop that is left, end the statement in Trino at once, whether or not a poll hangs.
 *
 * Failures: those of StatementEngine.
 */
export async function* trinoQuery(
  http: TrinoHttp,
  statement: StatementText & { headers?: TrinoHeaders; text: string },
  signal: AbortSignal = NEVER,
): AsyncGenerator<TrinoStep, void, void> {
  const polling = new AbortController();
  let nextUri: string | undefined;
  let isEnded = false;
  const end = () => {
    if (isEnded) return;
    isEnded = true;
    polling.abort();
    // A poll that hangs is not waited for. Where this fails Trino ends the statement for want of polls.
    if (nextUri !== undefined) http.remove(nextUri).catch(() => undefined);
  };
  const aborted = untilAborted(signal, end);
  try {
    const submitting = submit(http, statement, (page) => {
      nextUri = page.answer.nextUri;
      // The caller may have left while Trino was taking the statement.
      if (isEnded && nextUri !== undefined) http.remove(nextUri).catch(() => undefined);
      return page;
    });
    let page = await Promise.race([aborted.promise, submitting]);
    let columns: TrinoColumn[] | null = null;
    for (;;) {
      const { answer, rows } = page;
      nextUri = answer.nextUri;
      if (answer.error !== undefined) {
        isEnded = true;
        throw toFailure(answer.error, statement);
      }
      const coming = nextUri === undefined ? null : http.poll(nextUri, polling.signal);
      // Whoever looks at this answer may fail first.
      coming?.catch(() => undefined);
      columns ??= answer.columns ?? null;
      yield { queryId: answer.id, columns, rows, stats: answer.stats };
      if (coming === null) {
        isEnded = true;
        return;
      }
      page = await Promise.race([aborted.promise, coming]);
    }
  } finally {
    aborted.stop();
    end();
  }
}

async function submit(
  http: TrinoHttp,
  { text, headers = {} }: { text: string; headers?: TrinoHeaders },
  then: (page: TrinoPage) => TrinoPage,
): Promise<TrinoPage> {
  return then(await http.submit(text, headers));
}

/** Rejects when the signal is aborted, after `act`. */
function untilAborted(signal: AbortSignal, act: () => void): { promise: Promise<never>; stop(): void } {
  let onAbort = () => {};
  const promise = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      act();
      reject(reasonOf(signal));
    };
  });
  promise.catch(() => undefined);
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  return { promise, stop: () => signal.removeEventListener("abort", onAbort) };
}

const reasonOf = (signal: AbortSignal): Failure =>
  signal.reason instanceof Failure
    ? signal.reason
    : new Failure("cancelled", "The statement was cancelled.", { cause: signal.reason });
