"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { contentText } from "@/domain/datasets/content-text";
import { diffLines } from "@/domain/shared/diff-lines";
import type { DataSetTabProps } from "../data-set-types";
import { DiffText } from "./DiffText";

/** Two versions as text, line by line. */
export function CompareTab({ workspace, dataSet }: DataSetTabProps) {
  const versions = dataSet.versions.map(({ version }) => Number(version));
  const published = dataSet.publishedVersion === null ? null : Number(dataSet.publishedVersion);
  const newest = versions[0] ?? 1;
  // What is not chosen follows the newest versions, which may be known only after this tab is drawn.
  const [chosenTo, setTo] = useState<number | null>(null);
  const [chosenFrom, setFrom] = useState<number | null>(null);
  const to = chosenTo ?? newest;
  const from =
    chosenFrom ?? (published !== null && published !== newest ? published : (versions[1] ?? newest));
  const before = useContent(workspace, dataSet, from);
  const after = useContent(workspace, dataSet, to);
  if (versions.length < 2)
    return <EmptyState title="There is one version only, so there is nothing to compare it with." />;
  const failed = [before, after].find(({ isError }) => isError);
  const lines =
    before.data && after.data
      ? diffLines(contentText(before.data.content), contentText(after.data.content))
      : null;
  const count = (kind: string) => lines?.filter((line) => line.kind === kind).length ?? 0;
  return (
    <div className="relative min-h-full bg-panel">
      {lines === null && failed === undefined && <LoadingBar />}
      <div className="flex flex-wrap items-center gap-3 border-line border-b bg-sunken px-3 py-1 text-12">
        <VersionSelect label="From" onChange={setFrom} value={from} versions={versions} />
        <VersionSelect label="to" onChange={setTo} value={to} versions={versions} />
        {lines !== null && (
          <span className="text-ink-2">
            {count("added") + count("removed") === 0
              ? "They are equal."
              : `${formatCount(count("removed"), "line")} gone, ${formatCount(count("added"), "line")} new`}
          </span>
        )}
      </div>
      {failed !== undefined && <FailurePanel failure={failureOf(failed.error)} />}
      {lines !== null && <DiffText label={`Version ${from} to version ${to}`} lines={lines} />}
    </div>
  );
}

function useContent(workspace: string, { kind, name }: DataSetTabProps["dataSet"], version: number) {
  const trpc = useTRPC();
  const input = { workspace, name, version };
  const once = { staleTime: Number.POSITIVE_INFINITY };
  const report = useQuery(trpc.reports.get.queryOptions(input, { ...once, enabled: kind === "report" }));
  const dashboard = useQuery(
    trpc.dashboards.get.queryOptions(input, { ...once, enabled: kind === "dashboard" }),
  );
  return kind === "report" ? report : dashboard;
}

type VersionSelectProps = {
  label: string;
  value: number;
  versions: number[];
  onChange: (version: number) => void;
};

function VersionSelect({ label, value, versions, onChange }: VersionSelectProps) {
  return (
    <label className="flex items-center gap-1.5 text-ink-2">
      {label}
      <select
        className={`${CONTROL_CLASS} !w-auto`}
        onChange={(event) => onChange(Number(event.target.value))}
        value={value}
      >
        {versions.map((version) => (
          <option key={version} value={version}>
            version {version}
          </option>
        ))}
      </select>
    </label>
  );
}
