import type { ShownFailure } from "@/components/ui/failure-of";
import type { QueryRun } from "@/domain/query/query-run";
import { isOver, type Statement, type StatementRequest } from "./statement";

/**
 * Runs one statement to its end and says how it goes on. Gives the run as it ended; rejects where it could not be started
 * or followed. An aborted signal cancels it in its engine.
 */
export type Executor = (request: StatementRequest, options: ExecutorOptions) => Promise<QueryRun>;
export type ExecutorOptions = { onRun: (run: QueryRun) => void; signal: AbortSignal };

export type NewStatement = Omit<Statement, "status" | "run" | "failure" | "askedAt">;

/** Requests of one browser to one server at a time are few, and each run that is followed holds one. */
const MOST_AT_ONCE = 3;

const skipped = (number: number): ShownFailure => ({
  code: "cancelled",
  message: `Not run, because statement ${number} failed.`,
  hint: null,
});

/**
 * The statements of the open texts. Statements that are given together run one after the other, and the first that
 * fails or is cancelled ends the rest; those given apart run beside each other, a few at a time.
 */
export function statementStore(
  execute: Executor,
  {
    now,
    failureOf,
    follow,
  }: {
    now: () => number;
    failureOf: (error: unknown) => ShownFailure;
    /** Follows a run that was started elsewhere. */
    follow: (runId: string, options: ExecutorOptions) => Promise<QueryRun>;
  },
) {
  let statements: Statement[] = [];
  const listeners = new Set<() => void>();
  const stops = new Map<string, AbortController>();
  const waiting: (() => void)[] = [];
  let free = MOST_AT_ONCE;

  const set = (next: Statement[]) => {
    statements = next;
    for (const listener of listeners) listener();
  };
  const change = (key: string, changes: Partial<Statement>) =>
    set(statements.map((each) => (each.key === key ? { ...each, ...changes } : each)));

  const enter = (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };

  const started = (statement: Statement, stop: AbortController) => (options: ExecutorOptions) => {
    const { key } = statement;
    if (stops.get(key) === stop) change(key, { status: "running", askedAt: now() });
    return execute(statement, options);
  };

  /** Whether what follows may run. */
  async function runOne(
    statement: Statement,
    stop: AbortController,
    act = started(statement, stop),
  ): Promise<boolean> {
    const { key } = statement;
    const isMine = () => stops.get(key) === stop;
    const tell = (changes: Partial<Statement>) => isMine() && change(key, changes);
    if (stop.signal.aborted) {
      tell({ status: "cancelled" });
      return false;
    }
    try {
      const run = await act({
        signal: stop.signal,
        onRun: (next) => tell({ run: next, status: next.status }),
      });
      tell({ run, status: run.status });
      return run.status === "succeeded";
    } catch (error) {
      const failure = failureOf(error);
      const isCancelled = stop.signal.aborted && failure.code !== "forbidden";
      tell(isCancelled ? { failure: null, status: "cancelled" } : { failure, status: "failed" });
      return false;
    } finally {
      if (isMine()) stops.delete(key);
    }
  }

  async function runTogether(together: { statement: Statement; stop: AbortController }[]): Promise<void> {
    await enter();
    try {
      for (const [index, { statement, stop }] of together.entries()) {
        if (await runOne(statement, stop)) continue;
        const rest = new Map(together.slice(index + 1).map((each) => [each.statement.key, each.stop]));
        const isLeft = (key: string) => rest.has(key) && stops.get(key) === rest.get(key);
        const failure = skipped(statement.number);
        set(statements.map((each) => (isLeft(each.key) ? { ...each, status: "skipped", failure } : each)));
        for (const key of rest.keys()) if (isLeft(key)) stops.delete(key);
        return;
      }
    } finally {
      leave();
    }
  }

  const cancelAll = (keys: string[]) => {
    for (const key of keys) stops.get(key)?.abort();
  };

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    all: (): readonly Statement[] => statements,
    /** A key that is there already keeps its place; what ran under it is cancelled. Resolves when all are over. */
    run(added: NewStatement[]): Promise<void> {
      cancelAll(added.map(({ key }) => key));
      const together = added.map((each) => {
        const statement: Statement = { ...each, status: "queued", run: null, failure: null, askedAt: now() };
        const stop = new AbortController();
        stops.set(each.key, stop);
        return { statement, stop };
      });
      const byKey = new Map(together.map(({ statement }) => [statement.key, statement]));
      const kept = statements.map((each) => byKey.get(each.key) ?? each);
      const known = new Set(statements.map(({ key }) => key));
      set([...kept, ...together.flatMap(({ statement }) => (known.has(statement.key) ? [] : [statement]))]);
      return runTogether(together);
    },
    /** Shows a run of the past without running it again. One that is under way yet is followed, and can be cancelled. */
    show(statement: Statement & { run: QueryRun }) {
      cancelAll([statement.key]);
      stops.delete(statement.key);
      set([...statements.filter(({ key }) => key !== statement.key), statement]);
      if (isOver(statement)) return;
      const stop = new AbortController();
      stops.set(statement.key, stop);
      void runOne(statement, stop, (options) => follow(statement.run.id, options));
    },
    /** These stand in no text any more. */
    loosen(keys: string[]) {
      if (keys.length === 0) return;
      const gone = new Set(keys);
      set(statements.map((each) => (gone.has(each.key) ? { ...each, number: 0 } : each)));
    },
    /** Cancels these; those that wait behind them do not run either. */
    cancel: cancelAll,
    close(keys: string[]) {
      cancelAll(keys);
      const gone = new Set(keys);
      for (const key of keys) stops.delete(key);
      set(statements.filter(({ key }) => !gone.has(key)));
    },
    /** For a page that is left: what runs goes on in its engine, and the history shows it. */
    running: (): Statement[] => statements.filter((each) => !isOver(each)),
  };
}

export type StatementStore = ReturnType<typeof statementStore>;
