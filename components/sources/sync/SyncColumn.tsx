"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { FailurePanel } from "@/components/ui/FailurePanel";
import type { ShownFailure } from "@/components/ui/failure-of";
import { useMyRole } from "@/components/ui/useMyRole";
import { useQueryParam } from "@/components/ui/useQueryParam";
import type { ConnectionView } from "@/domain/sources/connection-view";
import { useConnectionActs } from "../useConnectionActs";
import { useSourceKeys } from "../useSourceKeys";
import { NeverSynced } from "./NeverSynced";
import { HISTORY_LENGTH, prepareHistory } from "./prepare-history";
import { streamKey } from "./prepare-streams";
import { SyncBench } from "./SyncBench";
import { SyncHead } from "./SyncHead";
import { SyncHistory } from "./SyncHistory";
import type { SyncState } from "./useSync";
import { useSyncActs } from "./useSyncActs";

export type SyncColumnProps = {
  workspace: string;
  connection: ConnectionView;
  /** Null where it never synced. */
  syncId: string | null;
  /** A newer sync than this one exists. */
  isOld: boolean;
  state: SyncState;
  /** The connection could not be read again. */
  staleFailure: ShownFailure | null;
  now: Date;
};

const REFRESH_MS = 5_000;

/** The sync in the middle of the room, with everything that can be done to it. */
export function SyncColumn({
  workspace,
  connection,
  syncId,
  isOld,
  state,
  staleFailure,
  now,
}: SyncColumnProps) {
  const { name } = connection;
  const { sync } = state;
  const trpc = useTRPC();
  const { whyNot } = useMyRole(workspace);
  const stream = useQueryParam("stream");
  const acts = useSyncActs(workspace);
  const ownActs = useConnectionActs(workspace, name);
  const history = useQuery(
    trpc.syncs.list.queryOptions(
      { workspace, name, limit: HISTORY_LENGTH },
      { refetchInterval: connection.activeSyncId === null ? false : REFRESH_MS },
    ),
  );
  const whyNotAct = whyNot("analyst");
  const whyNotStart = whyNotAct ?? whyNotStarted(connection);
  const start = (refresh: boolean) => acts.start({ name, ...(refresh ? { refresh } : {}) });
  useSourceKeys({
    onSync: () => whyNotStart === null && start(false),
    onBack: () => stream.set(null),
  });
  const base = `/${workspace}/sources/${encodeURIComponent(name)}`;
  const past = prepareHistory(history.data?.items ?? connection.syncs, now);
  return (
    <div className="flex min-h-[480px] min-w-0 flex-col desk:min-h-0">
      <SyncHead
        connection={connection}
        isCancelling={acts.isCancelling}
        isOld={isOld}
        isRemoving={ownActs.isRemoving}
        isStarting={acts.isStarting}
        newestHref={base}
        onCancel={() => sync !== null && acts.cancel(sync.id)}
        onPause={ownActs.setPaused}
        onRemove={ownActs.remove}
        onStart={start}
        sync={sync}
        whyNotAct={whyNotAct}
        whyNotChange={whyNot("engineer")}
        whyNotStart={whyNotStart}
      />
      {staleFailure !== null && (
        <FailurePanel failure={staleFailure} stillTrue="What is shown below is as it was last read." />
      )}
      {syncId === null ? (
        <NeverSynced
          connection={connection}
          isStarting={acts.isStarting}
          onStart={() => start(false)}
          whyNotStart={whyNotStart}
        />
      ) : (
        <SyncBench
          acting={acts.acting}
          failure={state.failure}
          now={now}
          onAct={(act, one) => acts.act(act, syncId, one.name, streamKey(one))}
          onChangePolicy={focusPolicy}
          onRetry={state.refetch}
          onSelect={stream.set}
          {...settingsOf(connection)}
          selected={stream.value}
          sync={sync}
          whyNotAct={whyNotAct}
          workspace={workspace}
        >
          {past.columns.length > 0 && (
            <SyncHistory history={past} hrefOf={(id) => `${base}/syncs/${id}`} selected={syncId} />
          )}
        </SyncBench>
      )}
    </div>
  );
}

function whyNotStarted({ status, activeSyncId }: ConnectionView): string | null {
  if (status === "draft") return "This is a draft. Save it first.";
  return activeSyncId === null ? null : "A sync of it is under way.";
}

function settingsOf({ document }: ConnectionView): { parallel: number; policy: string } {
  const { parallel, on_schema_change: policy } = document;
  return {
    parallel: typeof parallel === "number" ? parallel : 3,
    policy: typeof policy === "string" ? policy : "evolve",
  };
}

/** The field of the policy in the form beside, which may be folded. */
function focusPolicy(): void {
  const field = document.getElementById("setting-on_schema_change");
  field?.closest("details")?.setAttribute("open", "");
  field?.focus();
}
