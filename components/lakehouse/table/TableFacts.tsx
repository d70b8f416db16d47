"use client";

import type { ReactNode } from "react";
import { formatBytes, formatCount, formatInstant } from "@/components/ui/format";
import type { TableDetail } from "../lake-types";
import { WriterLink } from "./WriterLink";

/** The strip of facts under the head of a table's page. */
export function TableFacts({ workspace, table }: { workspace: string; table: TableDetail }) {
  const branches = table.refs.filter(({ type }) => type === "branch").length;
  const tags = table.refs.length - branches;
  const partitions = table.partitionSpec.map(({ name }) => name).join(", ");
  const facts: { key: string; value: ReactNode; note: ReactNode }[] = [
    {
      key: "writer",
      value: <WriterLink workspace={workspace} writtenBy={table.writtenBy} />,
      note: `wrote it ${formatInstant(table.committedAt)} UTC`,
    },
    {
      key: "version",
      value: `Version ${table.version}`,
      note: (
        <code className="text-11" title="Snapshot">
          {table.snapshotId ?? "no snapshot yet"}
        </code>
      ),
    },
    {
      key: "rows",
      value: formatCount(table.rowCount, "row"),
      note: `${formatCount(table.columns.length, "column")}${table.key.length > 0 ? `, key ${table.key.join(", ")}` : ", no key"}`,
    },
    {
      key: "size",
      value: formatBytes(table.bytes),
      note: formatCount(table.fileCount, "file"),
    },
    {
      key: "refs",
      value: formatCount(branches, "branch", "branches"),
      note: `${formatCount(tags, "tag")}, ${partitions === "" ? "not partitioned" : `by ${partitions}`}`,
    },
  ];
  return (
    <dl className="grid shrink-0 grid-cols-2 gap-px border-line-2 border-b bg-line room:grid-cols-5">
      {facts.map(({ key, value, note }) => (
        <div className="min-w-0 bg-sunken px-3 py-1" key={key}>
          <dt className="sr-only">{key}</dt>
          <dd className="truncate font-semibold">{value}</dd>
          <dd className="truncate text-12 text-ink-2">{note}</dd>
        </div>
      ))}
    </dl>
  );
}
