"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import { isFinal } from "@/domain/shared/is-final";
import type { ConnectorOperation } from "@/domain/sources/connector-view";

const LOOK_MS = 500;

export type OperationHandle = {
  operation: ConnectorOperation | null;
  failure: ShownFailure | null;
  isRunning: boolean;
  run: (start: () => Promise<ConnectorOperation>) => void;
  cancel: () => void;
  /** Forgets what was found, for example because the document has changed. */
  forget: () => void;
};

/** Long work with a connector that is asked for by hand: a check or a discovery. Looks after it until it has ended. */
export function useOperation(workspace: string): OperationHandle {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const ask = useMutation({ mutationFn: (start: () => Promise<ConnectorOperation>) => start() });
  const asked = ask.data ?? null;
  const looked = useQuery(
    trpc.operations.get.queryOptions(
      { workspace, operationId: asked?.id ?? "" },
      {
        enabled: asked !== null && !isFinal(asked.status),
        refetchInterval: ({ state }) => (state.data && isFinal(state.data.status) ? false : LOOK_MS),
        staleTime: 0,
      },
    ),
  );
  const operation = asked === null ? null : isFinal(asked.status) ? asked : (looked.data ?? asked);
  const failed = ask.error ?? (looked.data === undefined ? looked.error : null);
  return {
    operation,
    failure: failed === null ? null : failureOf(failed),
    isRunning: ask.isPending || (failed === null && operation !== null && !isFinal(operation.status)),
    run: (start) => ask.mutate(start),
    cancel: () => {
      if (asked !== null)
        void client.operations.cancel.mutate({ workspace, operationId: asked.id }).catch(() => undefined);
    },
    forget: () => ask.reset(),
  };
}
