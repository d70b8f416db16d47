"use client";

import { useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatBytes, formatCount } from "@/components/ui/format";
import { PageHead } from "@/components/ui/PageHead";
import { Panel } from "@/components/ui/Panel";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { LakeTables } from "./LakeTables";

/** The tables of the workspace's lake. */
export function LakehousePage() {
  const { workspace } = useParams<{ workspace: string }>();
  const trpc = useTRPC();
  const list = useQuery(trpc.tables.list.queryOptions({ workspace }, { refetchInterval: 15_000 }));
  const tables = list.data;
  const bytes = (tables ?? []).reduce((sum, table) => sum + table.bytes, 0);
  return (
    <>
      <PageHead meta={tables && formatCount(tables.length, "table")} title="Lakehouse" />
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
            A pipeline writes its tables here; the sample workspace loads its own on the first start.
          </EmptyState>
        )}
        {(tables === undefined ? !list.isError : tables.length > 0) && <LakeTables tables={tables ?? null} />}
      </Panel>
      <EvidenceLine
        right={[
          ...(tables ? [{ key: "bytes", text: `${formatBytes(bytes)} in Parquet` }] : []),
          ...(list.dataUpdatedAt > 0
            ? [{ key: "at", text: <RelativeTime at={new Date(list.dataUpdatedAt)} /> }]
            : []),
        ]}
      >
        Current version of each table, from the lake's catalog
      </EvidenceLine>
    </>
  );
}
