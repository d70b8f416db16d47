"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useParams } from "next/navigation";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { PageHead } from "@/components/ui/PageHead";
import { useNow } from "@/components/ui/useNow";
import { useQueryParam } from "@/components/ui/useQueryParam";
import { isFinal } from "@/domain/shared/is-final";
import type { ConnectionView } from "@/domain/sources/connection-view";
import { SyncColumn } from "./sync/SyncColumn";
import { SyncEvidence } from "./sync/SyncEvidence";
import { useSync } from "./sync/useSync";

const DocumentSide = dynamic(() => import("./document/DocumentSide").then((module) => module.DocumentSide), {
  ssr: false,
  loading: () => (
    <div className="border-line-2 bg-panel p-3 text-ink-2 desk:border-l">Opening the document</div>
  ),
});

const REFRESH_MS = 5_000;

/** One connection: the sync that goes on or was last, or the one that the address names, and the document beside it. */
export function SourcePage() {
  const params = useParams<{ workspace: string; name: string }>();
  const { workspace } = params;
  const name = decodeURIComponent(params.name);
  const trpc = useTRPC();
  const query = useQuery(trpc.sources.get.queryOptions({ workspace, name }, { refetchInterval: REFRESH_MS }));
  if (query.data === undefined) {
    return (
      <>
        <div className="relative flex min-h-0 flex-col bg-panel">
          <PageHead title={<span className="[overflow-wrap:anywhere]">{name}</span>} />
          {query.isError ? (
            <FailurePanel
              actions={<Button onClick={() => query.refetch()}>Try again</Button>}
              failure={failureOf(query.error)}
            />
          ) : (
            <LoadingBar label={`Loading ${name}`} />
          )}
        </div>
        <div className="col-span-full">
          <EvidenceLine>{query.isError ? "Nothing was read" : "Reading the connection"}</EvidenceLine>
        </div>
      </>
    );
  }
  return (
    <SourceBench
      connection={query.data}
      key={name}
      staleFailure={query.isError ? failureOf(query.error) : null}
    />
  );
}

type SourceBenchProps = { connection: ConnectionView; staleFailure: ShownFailure | null };

function SourceBench({ connection, staleFailure }: SourceBenchProps) {
  const { workspace, syncId: named } = useParams<{ workspace: string; syncId?: string }>();
  const choosing = useQueryParam("choose");
  const newest = connection.activeSyncId ?? connection.syncs[0]?.id ?? null;
  const state = useSync(workspace, named ?? newest);
  const now = useNow(state.sync !== null && !isFinal(state.sync.status));
  const isChoosing = choosing.value !== null;
  return (
    <>
      <div className="grid min-h-0 min-w-0 grid-cols-1 overflow-y-auto desk:grid-cols-[minmax(0,1fr)_324px] desk:overflow-hidden wide:grid-cols-[minmax(0,1fr)_372px]">
        {!isChoosing && (
          <SyncColumn
            connection={connection}
            isOld={named !== undefined && newest !== null && named !== newest}
            now={now}
            staleFailure={staleFailure}
            state={state}
            syncId={named ?? newest}
            workspace={workspace}
          />
        )}
        <DocumentSide
          connection={connection}
          isChoosing={isChoosing}
          now={now}
          onChoosing={(is) => choosing.set(is ? "1" : null)}
          workspace={workspace}
        />
      </div>
      <div className="col-span-full">
        <SyncEvidence connection={connection} isPolling={state.isPolling} now={now} sync={state.sync} />
      </div>
    </>
  );
}
