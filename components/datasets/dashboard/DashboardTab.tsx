"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import type { DataSetTabProps } from "../data-set-types";
import { VersionBar } from "../versions/VersionBar";
import { DashboardGrid } from "./DashboardGrid";

/** A version of a dashboard, read. */
export function DashboardTab({ workspace, dataSet, version, onVersion }: DataSetTabProps) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.dashboards.get.queryOptions(
      { workspace, name: dataSet.name, ...(version === null ? {} : { version }) },
      { retry: false },
    ),
  );
  if (query.isError) return <FailurePanel failure={failureOf(query.error)} />;
  if (query.data === undefined) return <LoadingBar label="Reading the dashboard" />;
  const { items } = query.data.content;
  return (
    <div className="min-h-full bg-panel">
      <VersionBar dataSet={dataSet} onVersion={onVersion} shown={query.data} />
      {items.length === 0 ? (
        <EmptyState title="This version holds nothing yet.">Add blocks of reports under Edit.</EmptyState>
      ) : (
        <DashboardGrid items={items} workspace={workspace} />
      )}
    </div>
  );
}
