"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/Button";
import { formatBytes, formatDifference, formatInstant, formatNumber } from "@/components/ui/format";
import { Panel } from "@/components/ui/Panel";
import { Tag } from "@/components/ui/Tag";
import type { Snapshot } from "../lake-types";
import { WriterLink } from "../table/WriterLink";

export type SnapshotFactsProps = {
  workspace: string;
  snapshot: Snapshot;
  isHead: boolean;
  whyNotChange: string | null;
  onCompare: (side: "a" | "b") => void;
  onRows: () => void;
  onRollback: () => void;
  onName: (type: "branch" | "tag") => void;
};

/** The snapshot that is picked, and what can be done with it. */
export function SnapshotFacts({ workspace, snapshot, isHead, whyNotChange, ...acts }: SnapshotFactsProps) {
  const facts: [string, ReactNode][] = [
    ["committed", `${formatInstant(snapshot.committedAt)} UTC`],
    ["written by", <WriterLink key="by" workspace={workspace} writtenBy={snapshot.writtenBy} />],
    ["operation", `${snapshot.operation}${snapshot.kind === "" ? "" : `, ${snapshot.kind}`}`],
    ["rows", `${formatNumber(snapshot.totalRows)} (${changeOf(snapshot)})`],
    [
      "files",
      `${formatNumber(snapshot.addedFiles)} written, ${formatNumber(snapshot.removedFiles)} no longer read`,
    ],
    ["size", formatBytes(snapshot.bytes)],
    ["shape", snapshot.schemaId === null ? "not recorded" : `schema ${snapshot.schemaId}`],
    ["snapshot", <code key="id">{snapshot.snapshotId}</code>],
  ];
  return (
    <Panel
      bodyClassName="overflow-auto"
      label={`Version ${snapshot.version}`}
      meta={
        <span className="flex gap-1">
          {snapshot.refs.map((ref) => (
            <Tag key={ref} kind={ref === "main" ? "strong" : "plain"}>
              {ref}
            </Tag>
          ))}
        </span>
      }
      title={`Version ${snapshot.version}`}
    >
      <dl className="grid grid-cols-[84px_minmax(0,1fr)] text-12">
        {facts.map(([label, value]) => (
          <div className="contents [&>*]:border-line [&>*]:border-b [&>*]:py-1" key={label}>
            <dt className="pl-3 text-ink-2">{label}</dt>
            <dd className="pr-3 [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap gap-2 p-3">
        <Button onClick={() => acts.onCompare("a")}>Set as A</Button>
        <Button onClick={() => acts.onCompare("b")}>Set as B</Button>
        <Button onClick={acts.onRows}>Rows as of {snapshot.version}</Button>
        <Button disabledReason={whyNotChange} onClick={() => acts.onName("branch")}>
          Branch
        </Button>
        <Button disabledReason={whyNotChange} onClick={() => acts.onName("tag")}>
          Tag
        </Button>
        <Button
          disabledReason={whyNotChange ?? (isHead ? "Readers of main see this snapshot now." : null)}
          kind="danger"
          onClick={acts.onRollback}
        >
          Roll main back to {snapshot.version}
        </Button>
      </div>
    </Panel>
  );
}

function changeOf({ addedRows, deletedRows }: Snapshot): string {
  if (addedRows + deletedRows === 0) return "none changed";
  return [
    ...(addedRows > 0 ? [formatDifference(addedRows)] : []),
    ...(deletedRows > 0 ? [formatDifference(-deletedRows)] : []),
  ].join(", ");
}
