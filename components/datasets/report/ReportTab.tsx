"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { ReportBlocks } from "../blocks/ReportBlocks";
import type { DataSetTabProps } from "../data-set-types";
import { VersionBar } from "../versions/VersionBar";

/** A version of a report, read: text, tables and charts. */
export function ReportTab({ workspace, dataSet, version, onVersion }: DataSetTabProps) {
  const trpc = useTRPC();
  const { name } = dataSet;
  const query = useQuery(
    trpc.reports.get.queryOptions(
      { workspace, name, ...(version === null ? {} : { version }) },
      { retry: false },
    ),
  );
  const report = query.data;
  if (query.isError)
    return (
      <FailurePanel
        actions={
          version === null ? (
            <Button onClick={() => query.refetch()}>Try again</Button>
          ) : (
            <Button onClick={() => onVersion(null)}>Show what is published</Button>
          )
        }
        failure={failureOf(query.error)}
      />
    );
  if (report === undefined) return <LoadingBar label="Reading the report" />;
  return (
    <article className="min-h-full bg-panel">
      <VersionBar shown={report} dataSet={dataSet} onVersion={onVersion} />
      {report.content.blocks.length === 0 ? (
        <EmptyState title="This version holds nothing yet.">Add text and queries under Edit.</EmptyState>
      ) : (
        <div className="p-4">
          <ReportBlocks
            blocks={report.content.blocks}
            only={null}
            report={name}
            version={report.version}
            workspace={workspace}
          />
        </div>
      )}
    </article>
  );
}
