"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import { isFinal } from "@/domain/shared/is-final";
import type { ConnectorOperation, ConnectorSpec } from "@/domain/sources/connector-view";

const LOOK_MS = 500;

export type SpecHandle = {
  spec: ConnectorSpec | null;
  operation: ConnectorOperation | null;
  failure: ShownFailure | null;
  isRunning: boolean;
  retry: () => void;
  cancel: () => void;
};

/** What a connector's config asks for. A connector that is not installed yet is installed for it, once per version. */
export function useSpec(workspace: string, connector: string | null, version: string | null): SpecHandle {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const asked = useQuery({
    queryKey: ["connector-spec", workspace, connector, version],
    queryFn: () =>
      client.connectors.spec.mutate({
        workspace,
        connector: connector ?? "",
        ...(version === null ? {} : { version }),
      }),
    enabled: connector !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const first = asked.data ?? null;
  const looked = useQuery(
    trpc.operations.get.queryOptions(
      { workspace, operationId: first?.id ?? "" },
      {
        enabled: first !== null && !isFinal(first.status),
        refetchInterval: ({ state }) => (state.data && isFinal(state.data.status) ? false : LOOK_MS),
        staleTime: ({ state }) => (state.data && isFinal(state.data.status) ? Number.POSITIVE_INFINITY : 0),
      },
    ),
  );
  const operation = first === null ? null : isFinal(first.status) ? first : (looked.data ?? first);
  const failed = asked.error ?? (looked.data === undefined ? looked.error : null);
  return {
    spec: operation?.spec ?? null,
    operation,
    failure: failed === null ? null : failureOf(failed),
    isRunning: asked.isFetching || (failed === null && operation !== null && !isFinal(operation.status)),
    retry: () => void asked.refetch(),
    cancel: () => {
      if (first !== null)
        void client.operations.cancel.mutate({ workspace, operationId: first.id }).catch(() => undefined);
    },
  };
}
