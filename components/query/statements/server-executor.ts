import type { useTRPCClient } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import type { QueryRun } from "@/domain/query/query-run";
import type { Executor } from "./statement-store";

type Client = ReturnType<typeof useTRPCClient>;

const isEnded = ({ status }: QueryRun): boolean =>
  status === "succeeded" || status === "failed" || status === "cancelled";

/** Runs statements on the server's engines. */
export const serverExecutor =
  (client: Client, workspace: string): Executor =>
  async ({ sql, dialect, engine, parameters, savedQuery }, { onRun, signal }) => {
    const { id } = await client.queries.start.mutate({
      workspace,
      sql,
      dialect,
      // A statement that the page could run is placed among the server's engines here.
      engine: engine === "browser" ? "auto" : engine,
      parameters,
      ...(savedQuery === null ? {} : { savedQuery }),
    });
    return followRun(client, workspace, id, { onRun, signal });
  };

/** How long it waits before it asks again what did not reach the server, or is not over. */
const AGAIN_MS = 1_000;

const isUnreachable = (error: unknown): boolean => failureOf(error).code === "network";

/**
 * Follows a run to its end, over lost connections too: the run goes on without them. An aborted signal cancels it in its
 * engine, and its end is still waited for.
 */
export function followRun(
  client: Client,
  workspace: string,
  id: string,
  {
    onRun,
    signal,
    againMs = AGAIN_MS,
  }: { onRun: (run: QueryRun) => void; signal: AbortSignal; againMs?: number },
): Promise<QueryRun> {
  return new Promise((resolve, reject) => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    let isOver = false;
    const later = (act: () => void) => {
      if (!isOver) timers.add(setTimeout(act, againMs));
    };
    // Said until the server has heard it: a run that only the page takes for cancelled would go on unseen.
    const cancel = () => {
      client.queries.cancel
        .mutate({ workspace, id })
        .catch((error: unknown) => (isUnreachable(error) ? later(cancel) : fail(error)));
    };
    // The stream may end before the last state was seen: what is kept is the truth.
    const ask = () => {
      client.queries.get.query({ workspace, id }).then(
        (run) => tell(run) || later(ask),
        (error: unknown) => (isUnreachable(error) ? later(ask) : fail(error)),
      );
    };
    /** Whether it is over. */
    const tell = (run: QueryRun): boolean => {
      if (isOver) return true;
      onRun(run);
      if (isEnded(run)) end(() => resolve(run));
      return isOver;
    };
    const fail = (error: unknown) => end(() => reject(error));
    const subscription = client.queries.follow.subscribe(
      { workspace, id },
      { onData: tell, onComplete: ask, onError: ask },
    );
    function end(settle: () => void) {
      if (isOver) return;
      isOver = true;
      for (const timer of timers) clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
      subscription.unsubscribe();
      settle();
    }
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel, { once: true });
  });
}
