"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatBytes, formatCount, formatNumber, formatShare } from "@/components/ui/format";
import { Panel } from "@/components/ui/Panel";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { useQueryParam } from "@/components/ui/useQueryParam";
import type { TabProps } from "../table/tab-props";
import { FileList } from "./FileList";
import { PartitionList } from "./PartitionList";
import { meanSize, prepareSizes, shortPath, smallShare } from "./prepare-sizes";
import { SizeHistogram } from "./SizeHistogram";

const MOST = 1000;

/** The data files of what readers see: sizes, partitions, and of a file the range of each column. */
export function FilesTab({ workspace, table, onShow }: TabProps) {
  const trpc = useTRPC();
  const at = table.snapshotId === null ? {} : { snapshotId: table.snapshotId };
  const given = { workspace, name: table.name, ...at };
  const list = useQuery(trpc.tables.files.queryOptions({ ...given, limit: MOST }));
  const partitions = useQuery(trpc.tables.partitions.queryOptions(given));
  const picked = useQueryParam("file");
  const failed = list.error ?? partitions.error;
  const files = list.data?.items ?? [];
  const small = smallShare(files);
  const isCut = list.data !== undefined && list.data.nextCursor !== null;
  return (
    <>
      {failed && (
        <FailurePanel
          actions={
            <Button
              onClick={() => {
                void list.refetch();
                void partitions.refetch();
              }}
            >
              Try again
            </Button>
          }
          failure={failureOf(failed)}
        />
      )}
      <div className="grid min-h-0 flex-1 grid-cols-1 gap-px overflow-auto bg-line-2 desk:grid-cols-[minmax(0,1fr)_452px] desk:overflow-hidden">
        <Panel
          bodyClassName="overflow-auto"
          isLoading={list.isFetching}
          label="Data files"
          meta={
            isCut
              ? `the first ${formatNumber(files.length)} of ${formatNumber(table.fileCount)}`
              : meanSize(files)
          }
          title={formatCount(table.fileCount, "data file")}
        >
          {list.data && files.length === 0 ? (
            <EmptyState title="The table has no data file.">
              It has no rows, or nothing was written yet.
            </EmptyState>
          ) : (
            <FileList
              files={files}
              isPartitioned={table.partitionSpec.length > 0}
              onPick={(path) => picked.set(picked.value === shortPath(path) ? null : shortPath(path))}
              picked={picked.value}
            />
          )}
        </Panel>
        <div className="flex min-h-0 flex-col bg-panel">
          <Panel
            actions={
              small !== null &&
              small > 0.5 && (
                <>
                  <StateGlyph label={`${formatShare(small, 0)} are under 4 MiB`} state="warning" />
                  <button
                    className="link"
                    onClick={() => onShow("upkeep", { action: "compact" })}
                    type="button"
                  >
                    Plan a compaction
                  </button>
                </>
              )
            }
            meta={isCut ? "of those that are listed" : undefined}
            title="File sizes, files per size in MiB"
          >
            <SizeHistogram bins={prepareSizes(files)} />
          </Panel>
          <Panel
            bodyClassName="overflow-auto"
            className="flex-1 border-line-2 border-t"
            isLoading={partitions.isFetching}
            title="Partitions"
          >
            <PartitionList
              isPartitioned={table.partitionSpec.length > 0}
              partitions={partitions.data ?? []}
            />
          </Panel>
        </div>
      </div>
      <EvidenceLine
        right={[
          { key: "bytes", text: formatBytes(table.bytes) },
          ...(list.data === undefined
            ? []
            : [{ key: "deletes", text: formatCount(list.data.deleteFiles, "delete file") }]),
        ]}
      >
        {isCut
          ? `Showing ${formatNumber(files.length)} of ${formatNumber(table.fileCount)} files`
          : `Files of version ${table.version}, from the lake's manifests`}
      </EvidenceLine>
    </>
  );
}
