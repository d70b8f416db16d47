"use client";

import { Button } from "@/components/ui/Button";
import { classNames } from "@/components/ui/class-names";
import { formatClock, formatDay, formatDifference, formatInstant } from "@/components/ui/format";
import { type Head, HeaderRow } from "@/components/ui/HeaderRow";
import { Panel } from "@/components/ui/Panel";
import { Tag } from "@/components/ui/Tag";
import type { Snapshot } from "../lake-types";

export type SnapshotListProps = {
  snapshots: Snapshot[];
  picked: string | null;
  onPick: (snapshotId: string) => void;
  hasOlder: boolean;
  isLoading: boolean;
  onOlder: () => void;
};

const HEADS: Head[] = ["Version", "Committed", "Kind", { number: "Rows" }];

/** The snapshots of the ruler as a list, newest first. */
export function SnapshotList({ snapshots, picked, onPick, hasOlder, isLoading, onOlder }: SnapshotListProps) {
  return (
    <Panel
      bodyClassName="overflow-auto"
      className="flex-1 border-line-2 border-t"
      label="Snapshots, newest first"
      meta="times in UTC"
      title="Snapshots, newest first"
    >
      <table className="w-full text-12">
        <thead className="sticky top-0 bg-panel text-ink-2">
          <HeaderRow heads={HEADS} isDense />
        </thead>
        <tbody>
          {snapshots.map((snapshot) => {
            const isPicked = snapshot.snapshotId === picked;
            return (
              <tr
                className={classNames(
                  "h-6 hover:bg-hover [&>*]:border-line [&>*]:border-b [&>*]:px-2 [&>*:first-child]:pl-3",
                  isPicked && "bg-select shadow-[inset_3px_0_0_var(--accent)]",
                )}
                key={snapshot.snapshotId}
              >
                <th className="whitespace-nowrap text-left font-normal" scope="row">
                  <button
                    aria-pressed={isPicked}
                    className="link"
                    onClick={() => onPick(snapshot.snapshotId)}
                    type="button"
                  >
                    {snapshot.version}
                    <span className="sr-only">, show this snapshot</span>
                  </button>{" "}
                  {snapshot.refs.map((ref) => (
                    <Tag key={ref} kind={ref === "main" ? "strong" : "plain"}>
                      {ref}
                    </Tag>
                  ))}
                </th>
                <td className="whitespace-nowrap" title={`${formatInstant(snapshot.committedAt)} UTC`}>
                  {formatDay(snapshot.committedAt).replace(/ \d{4}$/, "")} {formatClock(snapshot.committedAt)}
                </td>
                <td>{snapshot.kind || snapshot.operation}</td>
                <td className="whitespace-nowrap text-right">
                  {snapshot.addedRows > 0 && formatDifference(snapshot.addedRows)}{" "}
                  {snapshot.deletedRows > 0 && formatDifference(-snapshot.deletedRows)}
                  {snapshot.addedRows + snapshot.deletedRows === 0 && "0"}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {hasOlder && (
        <p className="px-3 py-1.5">
          <Button busy={isLoading} onClick={onOlder}>
            Load older snapshots
          </Button>
        </p>
      )}
    </Panel>
  );
}
