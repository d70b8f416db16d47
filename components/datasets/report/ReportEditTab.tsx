"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import type { DataSetTabProps } from "../data-set-types";
import { ReportEditor } from "./ReportEditor";

/** The editor of a report over its newest version, or over the one that the address names. */
export function ReportEditTab(props: DataSetTabProps) {
  const { workspace, dataSet, version, whyNotDraft } = props;
  const trpc = useTRPC();
  const newest = Number(dataSet.currentVersion);
  const query = useQuery(
    trpc.reports.get.queryOptions(
      { workspace, name: dataSet.name, version: version ?? newest },
      // A draft is not taken away by a version that somebody saves meanwhile.
      { enabled: whyNotDraft === null, staleTime: Number.POSITIVE_INFINITY, retry: false },
    ),
  );
  if (whyNotDraft !== null)
    return <EmptyState title="You cannot change this report.">{whyNotDraft}</EmptyState>;
  if (query.isError) return <FailurePanel failure={failureOf(query.error)} />;
  if (query.data === undefined) return <LoadingBar label="Opening the editor" />;
  return <ReportEditor {...props} stored={query.data.content} />;
}
