"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { toastFailure } from "@/components/ui/toast";
import { prepareDelivery } from "./prepare-delivery";

export type RunNotificationsProps = { workspace: string; runId: string; whyNot: string | null };

const REFRESH_MS = 5_000;

/** The messages that an ended run owed: sent, waiting or given up. Nothing where it owed none. */
export function RunNotifications({ workspace, runId, whyNot }: RunNotificationsProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const query = useQuery(
    trpc.notifications.ofRun.queryOptions(
      { workspace, runId },
      {
        refetchInterval: ({ state }) =>
          state.data?.some((each) => each.status === "waiting") === true ? REFRESH_MS : false,
      },
    ),
  );
  const again = useMutation(
    trpc.notifications.sendAgain.mutationOptions({
      onError: (error) => void toastFailure(failureOf(error)),
      onSettled: () => queryClient.invalidateQueries(trpc.notifications.ofRun.pathFilter()),
    }),
  );
  if (query.isError) return <FailurePanel failure={failureOf(query.error)} />;
  if (query.data === undefined || query.data.length === 0) return null;
  return (
    <section aria-label="Messages about this run" className="shrink-0 border-line border-b bg-panel">
      <ul className="max-h-28 overflow-auto">
        {query.data.map((delivery) => {
          const shown = prepareDelivery(delivery);
          return (
            <li className="flex items-center gap-3 px-3 py-0.5" key={delivery.id}>
              <StateGlyph label={shown.word} state={shown.state} />
              <span>
                message to <code>{shown.to}</code>
              </span>
              <span className="min-w-0 flex-1 truncate text-12 text-ink-2" title={shown.note}>
                {shown.note}
              </span>
              <Button
                aria-label={`${shown.againLabel}: ${shown.to}`}
                busy={again.isPending && again.variables.deliveryId === delivery.id}
                disabledReason={whyNot}
                kind="quiet"
                onClick={() => again.mutate({ workspace, deliveryId: delivery.id })}
              >
                {shown.againLabel}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
