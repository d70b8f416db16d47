"use client";

import { useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { formatBytes, formatCount } from "@/components/ui/format";
import { PageHead } from "@/components/ui/PageHead";
import { Panel } from "@/components/ui/Panel";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { useQueryParam } from "@/components/ui/useQueryParam";
import { LakeTables } from "./LakeTables";
import { prepareTables } from "./prepare-tables";

const REFRESH_MS = 15_000;

/** The tables of the workspace's lake. */
export function LakehousePage() {
  const { workspace } = useParams<{ workspace: string }>();
  const trpc = useTRPC();
  const filter = useQueryParam("q");
  const list = useQuery(
    trpc.tables.list.queryOptions({ workspace }, { refetchInterval: REFRESH_MS, retry: false }),
  );
  const tables = list.data;
  const [words, setWords] = useState(filter.value ?? "");
  const search = (next: string) => {
    setWords(next);
    filter.set(next);
  };
  const groups = tables === undefined ? null : prepareTables(tables, words);
  const bytes = (tables ?? []).reduce((sum, table) => sum + table.bytes, 0);
  return (
    <>
      <PageHead
        actions={
          <input
            aria-label="Filter tables by name"
            className={`${CONTROL_CLASS} !w-[244px]`}
            onChange={(event) => search(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && search("")}
            placeholder="Filter by name"
            type="search"
            value={words}
          />
        }
        meta={tables && formatCount(tables.length, "table")}
        title="Lakehouse"
      />
      <Panel bodyClassName="overflow-auto" className="flex-1" isLoading={list.isPending} label="Tables">
        {list.isError && (
          <FailurePanel
            actions={<Button onClick={() => list.refetch()}>Try again</Button>}
            failure={failureOf(list.error)}
            {...(tables ? { stillTrue: "The tables below are as they were last read." } : {})}
          />
        )}
        {tables?.length === 0 && (
          <EmptyState title="The lake of this workspace has no table yet.">
            Syncs and pipelines write their tables here; the sample workspace loads its own on the first
            start.
          </EmptyState>
        )}
        {tables !== undefined && tables.length > 0 && groups?.length === 0 && (
          <EmptyState
            action={<Button onClick={() => search("")}>Remove the filter</Button>}
            title={`No table has “${words}” in its name.`}
          >
            The lake holds {formatCount(tables.length, "table")}.
          </EmptyState>
        )}
        {(groups === null ? !list.isError : groups.length > 0) && (
          <LakeTables groups={groups} workspace={workspace} />
        )}
      </Panel>
      <EvidenceLine
        right={[
          ...(tables ? [{ key: "bytes", text: `${formatBytes(bytes)} in Parquet` }] : []),
          ...(list.dataUpdatedAt > 0
            ? [{ key: "at", text: <RelativeTime at={new Date(list.dataUpdatedAt)} /> }]
            : []),
        ]}
      >
        {tables === undefined
          ? list.isError
            ? "Nothing was read"
            : "Reading the catalog"
          : "Current version of each table, from the lake's catalog"}
      </EvidenceLine>
    </>
  );
}
