"use client";

import { useQuery } from "@tanstack/react-query";
import { useParams, usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useTRPC } from "@/components/trpc";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { useMyRole } from "@/components/ui/useMyRole";
import { DraftsProvider, useDrafts } from "./document/drafts";
import { ConnectionList } from "./list/ConnectionList";
import { groupConnections } from "./list/prepare-connections";

const REFRESH_MS = 5_000;

/** The room: the list of connections, and beside it the page of what is chosen. It outlives a change of the page. */
export function SourcesRoom({ children }: { children: ReactNode }) {
  return (
    <DraftsProvider>
      <div className="grid min-h-0 flex-1 grid-cols-1 grid-rows-[auto_minmax(0,1fr)_auto] room:grid-cols-[240px_minmax(0,1fr)] room:grid-rows-[minmax(0,1fr)_auto] wide:grid-cols-[280px_minmax(0,1fr)]">
        <Connections />
        {children}
      </div>
    </DraftsProvider>
  );
}

function Connections() {
  const { workspace, name } = useParams<{ workspace: string; name?: string }>();
  const path = usePathname();
  const trpc = useTRPC();
  const { drafts } = useDrafts();
  const { whyNot } = useMyRole(workspace);
  const [filter, setFilter] = useState("");
  const list = useQuery(trpc.sources.list.queryOptions({ workspace }, { refetchInterval: REFRESH_MS }));
  const base = `/${workspace}/sources`;
  return (
    <nav
      aria-label="Connections"
      className="flex max-h-56 min-h-0 flex-col border-line-2 border-b room:max-h-none room:border-r room:border-b-0"
      data-pane=""
      tabIndex={-1}
    >
      {list.isError && (
        <FailurePanel
          failure={failureOf(list.error)}
          {...(list.data ? { stillTrue: "The list is as it was last read." } : {})}
        />
      )}
      <ConnectionList
        addHref={whyNot("engineer") === null ? `${base}/new` : null}
        drafts={new Set(drafts.keys())}
        filter={filter}
        groups={list.data ? groupConnections(list.data, filter) : null}
        hrefOf={(one) => `${base}/${encodeURIComponent(one)}`}
        isAdding={path === `${base}/new`}
        onFilter={setFilter}
        selected={name === undefined ? null : decodeURIComponent(name)}
        total={list.data?.length ?? 0}
      />
    </nav>
  );
}
