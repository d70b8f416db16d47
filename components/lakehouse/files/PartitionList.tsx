import { EmptyState } from "@/components/ui/EmptyState";
import { formatBytes, formatNumber } from "@/components/ui/format";
import { type Head, HeaderRow } from "@/components/ui/HeaderRow";
import type { Partition } from "../lake-types";
import { partitionWords } from "./prepare-sizes";

const HEADS: Head[] = ["Partition", { number: "Files" }, { number: "Rows" }, { number: "Size" }];

/** Rows, bytes and files of each partition. */
export function PartitionList({
  partitions,
  isPartitioned,
}: {
  partitions: Partition[];
  isPartitioned: boolean;
}) {
  if (!isPartitioned) {
    return (
      <EmptyState title="The table is not partitioned.">
        A scan leaves files out by the ranges of their columns alone.
      </EmptyState>
    );
  }
  return (
    <table className="w-full text-12">
      <thead className="sticky top-0 bg-panel text-ink-2">
        <HeaderRow heads={HEADS} isDense />
      </thead>
      <tbody>
        {partitions.map((one) => (
          <tr className="h-6 [&>*]:border-line [&>*]:border-b [&>*]:px-3" key={partitionWords(one.partition)}>
            <th className="text-left font-normal" scope="row">
              {partitionWords(one.partition)}
            </th>
            <td className="text-right">{formatNumber(one.files)}</td>
            <td className="text-right">{formatNumber(one.rows)}</td>
            <td className="text-right">{formatBytes(one.bytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
