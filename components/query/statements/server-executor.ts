import type { useTRPCClient } from "@/components/trpc";
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

/** Follows a run to its end; an aborted signal cancels it in its engine, and its end is still waited for. */
export function followRun(
  client: Client,
  workspace: string,
  id: string,
  { onRun, signal }: { onRun: (run: QueryRun) => void; signal: AbortSignal },
): Promise<QueryRun> {
  return new Promise((resolve, reject) => {
    const cancel = () => {
      client.queries.cancel.mutate({ workspace, id }).catch(finish);
    };
    const subscription = client.queries.follow.subscribe(
      { workspace, id },
      {
        onData: (run) => {
          onRun(run);
          if (isEnded(run)) end(() => resolve(run));
        },
        // The stream may end before the last state was seen: what is kept is the truth.
        onComplete: () => void ask(),
        onError: () => void ask(),
      },
    );
    const ask = () =>
      client.queries.get
        .query({ workspace, id })
        .then(
          (run) =>
            end(() => (isEnded(run) ? resolve(run) : reject(new Error("The run cannot be followed.")))),
          finish,
        );
    function end(settle: () => void) {
      signal.removeEventListener("abort", cancel);
      subscription.unsubscribe();
      settle();
    }
    function finish(error: unknown) {
      end(() => reject(error));
    }
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel, { once: true });
  });
}
