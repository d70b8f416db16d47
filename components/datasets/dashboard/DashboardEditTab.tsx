"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import type { DataSetTabProps } from "../data-set-types";
import { DashboardEditor } from "./DashboardEditor";

/** The editor of a dashboard over its newest version, or over the one that the address names. */
export function DashboardEditTab(props: DataSetTabProps) {
  const { workspace, dataSet, version, whyNotDraft } = props;
  const trpc = useTRPC();
  const query = useQuery(
    trpc.dashboards.get.queryOptions(
      { workspace, name: dataSet.name, version: version ?? Number(dataSet.currentVersion) },
      { enabled: whyNotDraft === null, staleTime: Number.POSITIVE_INFINITY, retry: false },
    ),
  );
  const reports = useQuery(trpc.datasets.list.queryOptions({ workspace, kind: "report" }));
  if (whyNotDraft !== null)
    return <EmptyState title="You cannot change this dashboard.">{whyNotDraft}</EmptyState>;
  const failed = [query, reports].find(({ isError }) => isError);
  if (failed !== undefined) return <FailurePanel failure={failureOf(failed.error)} />;
  if (query.data === undefined || reports.data === undefined)
    return <LoadingBar label="Opening the editor" />;
  return <DashboardEditor {...props} reports={reports.data.items} stored={query.data.content} />;
}
