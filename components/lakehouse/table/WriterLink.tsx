"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/components/trpc";

const RUN = /^run (\S+)$/;
const SYNC = /^sync (\S+)$/;

/** What wrote a state of a table; a run and a sync lead to their pages. */
export function WriterLink({ workspace, writtenBy }: { workspace: string; writtenBy: string }) {
  const run = RUN.exec(writtenBy)?.[1];
  if (run !== undefined) return <RunLink runId={run} workspace={workspace} writtenBy={writtenBy} />;
  const sync = SYNC.exec(writtenBy)?.[1];
  if (sync !== undefined) return <SyncLink syncId={sync} workspace={workspace} writtenBy={writtenBy} />;
  return <>{writtenBy === "" ? "not recorded" : writtenBy}</>;
}

type Props = { workspace: string; writtenBy: string };
const FOREVER = { staleTime: Number.POSITIVE_INFINITY, retry: false } as const;

function RunLink({ workspace, writtenBy, runId }: Props & { runId: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.runs.get.queryOptions({ workspace, runId }, FOREVER));
  if (data === undefined) return <>{short(writtenBy)}</>;
  return (
    <Link
      className="link"
      href={`/${workspace}/pipelines/${encodeURIComponent(data.pipelineId)}/runs/${runId}`}
    >
      {data.pipelineId}, run {data.number}
    </Link>
  );
}

function SyncLink({ workspace, writtenBy, syncId }: Props & { syncId: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.syncs.get.queryOptions({ workspace, syncId }, FOREVER));
  if (data === undefined) return <>{short(writtenBy)}</>;
  return (
    <Link
      className="link"
      href={`/${workspace}/sources/${encodeURIComponent(data.connection)}/syncs/${syncId}`}
    >
      {data.connection}, sync {data.number}
    </Link>
  );
}

/** `run 0190a3c4…`: an id is named by its beginning. */
const short = (writtenBy: string): string => writtenBy.replace(/(\S{8})\S{8,}$/, "$1…");
