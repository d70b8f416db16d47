"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTRPC } from "@/components/trpc";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/EmptyState";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { formatCount } from "@/components/ui/format";
import { PageHead } from "@/components/ui/PageHead";
import { Panel } from "@/components/ui/Panel";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { useMyRole } from "@/components/ui/useMyRole";
import { ConnectionTable } from "./list/ConnectionTable";

/** Every connection of a workspace at once. */
export function SourcesPage() {
  const { workspace } = useParams<{ workspace: string }>();
  const trpc = useTRPC();
  const { whyNot } = useMyRole(workspace);
  const list = useQuery(trpc.sources.list.queryOptions({ workspace }));
  const connections = list.data;
  const mayAdd = whyNot("engineer") === null;
  return (
    <>
      <div className="flex min-h-0 min-w-0 flex-col">
        <PageHead meta={connections && formatCount(connections.length, "connection")} title="Sources" />
        <Panel
          bodyClassName="overflow-auto"
          className="flex-1"
          isLoading={list.isFetching && connections === undefined}
          label="Connections and their last syncs"
        >
          {connections?.length === 0 ? (
            <EmptyState
              action={
                mayAdd && (
                  <Link className={buttonClass("primary")} href={`/${workspace}/sources/new`}>
                    <Plus aria-hidden="true" size={13} />
                    Add connection
                  </Link>
                )
              }
              title="This workspace has no connection yet."
            >
              A connection brings the streams of one source into tables of the lake, by hand or by the clock.
              {!mayAdd && ` ${whyNot("engineer")}`}
            </EmptyState>
          ) : (
            !list.isError && <ConnectionTable connections={connections ?? null} workspace={workspace} />
          )}
        </Panel>
      </div>
      <div className="col-span-full">
        <EvidenceLine
          right={
            list.dataUpdatedAt > 0
              ? [{ key: "at", text: <RelativeTime at={new Date(list.dataUpdatedAt)} /> }]
              : []
          }
        >
          Connections and their last syncs, from the application database; times are UTC
        </EvidenceLine>
      </div>
    </>
  );
}
