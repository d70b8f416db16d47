import type { useTRPCClient } from "@/components/trpc";
import type { ResultProcedures } from "./server-result-source";

/** The procedures of `queries` that a result on the server needs. */
export function serverProcedures(
  client: ReturnType<typeof useTRPCClient>,
  workspace: string,
  queryId: string,
): ResultProcedures {
  return {
    view: (view, signal) => client.queries.view.mutate({ workspace, id: queryId, view }, { signal }),
    rowsOf: async (sql, viewId, signal) => {
      const input = { workspace, id: queryId, sql, ...(viewId === null ? {} : { viewId }) };
      return (await client.queries.ask.mutate(input, { signal })).rows;
    },
  };
}
