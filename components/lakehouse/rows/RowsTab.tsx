"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useMemo } from "react";
import { csvText } from "@/components/grid/csv-text";
import { ValueGrid } from "@/components/grid/ValueGrid";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount, formatNumber } from "@/components/ui/format";
import { Panel } from "@/components/ui/Panel";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { saveTextFile } from "@/components/ui/save-text-file";
import type { TableRows } from "../lake-types";
import { prepareTimeline } from "../ruler/prepare-timeline";
import { SnapshotRuler } from "../ruler/SnapshotRuler";
import { useSnapshots } from "../ruler/useSnapshots";
import type { TabProps } from "../table/tab-props";
import { MomentBar } from "./MomentBar";
import { PageButtons } from "./PageButtons";
import { momentInput, momentWords, typedColumns } from "./prepare-moment";
import { useMoment } from "./useMoment";

const PAGE = 100;

/** Rows of the table as it is, or as it was: the ruler is the slider of time. */
export function RowsTab({ workspace, table, now }: TabProps) {
  const { name, snapshotId: head } = table;
  const trpc = useTRPC();
  const { moment, set, offset, setOffset } = useMoment();
  const list = useSnapshots(workspace, name);
  const query = useQuery(
    trpc.tables.preview.queryOptions(
      { workspace, name, ...momentInput(moment, head), limit: PAGE, offset },
      { placeholderData: keepPreviousData, retry: false },
    ),
  );
  const snapshots = useMemo(() => list.snapshots ?? [], [list.snapshots]);
  const timeline = useMemo(() => prepareTimeline(snapshots, head, now), [snapshots, head, now]);
  const rows = query.isError ? undefined : query.data;
  const shownId = rows?.snapshotId ?? (moment.kind === "snapshot" ? moment.snapshotId : head);
  const shown = snapshots.find(({ snapshotId }) => snapshotId === shownId) ?? null;
  const words = momentWords(moment, shown);
  return (
    <>
      <div className="shrink-0 border-line-2 border-b bg-panel pt-1">
        {snapshots.length > 0 && (
          <SnapshotRuler
            label="Time: choose the snapshot whose rows are shown"
            onPick={(id) => set(id === head ? { kind: "now" } : { kind: "snapshot", snapshotId: id })}
            picked={shownId}
            timeline={timeline}
          />
        )}
        {list.failure !== null && <FailurePanel failure={list.failure} />}
      </div>
      <MomentBar moment={moment} name={name} onChange={set} refs={table.refs} />
      <Panel
        actions={
          rows !== undefined && (
            <>
              <PageButtons nextOffset={rows.nextOffset} offset={offset} onMove={setOffset} pageSize={PAGE} />
              <Button
                icon={<Download aria-hidden="true" size={13} />}
                kind="quiet"
                onClick={() => saveTextFile(`${name}.csv`, pageCsv(rows), "text/csv")}
              >
                Export page
              </Button>
            </>
          )
        }
        bodyClassName="overflow-auto"
        className="min-h-[200px] flex-1"
        isLoading={query.isFetching}
        label="Rows"
        title={words}
      >
        {query.isError && (
          <FailurePanel
            actions={
              <>
                <Button onClick={() => query.refetch()}>Try again</Button>
                {moment.kind !== "now" && <Button onClick={() => set({ kind: "now" })}>Back to now</Button>}
              </>
            }
            failure={failureOf(query.error)}
          />
        )}
        {rows?.rows.length === 0 && (
          <EmptyState
            title={offset > 0 ? "There are no rows this far." : "This state of the table has no rows."}
          >
            {offset > 0
              ? "Go back to the first page."
              : `Its shape has ${formatCount(rows.columns.length, "column")}.`}
          </EmptyState>
        )}
        {rows !== undefined && rows.rows.length > 0 && (
          <ValueGrid
            columns={typedColumns(rows.columns, table.columns)}
            keyColumns={table.key}
            label={words}
            offset={offset}
            rows={rows.rows}
          />
        )}
      </Panel>
      <RowsEvidence isFailed={query.isError} offset={offset} rows={rows} total={shown?.totalRows ?? null} />
    </>
  );
}

type RowsEvidenceProps = {
  rows: TableRows | undefined;
  offset: number;
  total: number | null;
  isFailed: boolean;
};

function RowsEvidence({ rows, offset, total, isFailed }: RowsEvidenceProps) {
  const count = rows?.rows.length ?? 0;
  const read = count === 0 ? "no row" : `rows ${formatNumber(offset + 1)} to ${formatNumber(offset + count)}`;
  return (
    <EvidenceLine
      right={[
        ...(total === null ? [] : [{ key: "all", text: `of ${formatCount(total, "row")}` }]),
        { key: "zone", text: "times in UTC" },
        { key: "order", text: "in the order of the files" },
      ]}
    >
      {rows !== undefined && <StateGlyph label={`Read by DuckDB from Iceberg: ${read}`} state="succeeded" />}
      {rows === undefined && (isFailed ? "Nothing was read" : "Reading rows")}
    </EvidenceLine>
  );
}

const pageCsv = ({ columns, rows }: TableRows): string =>
  csvText(
    columns.map((column) => column.name),
    rows.map((row) => row.map((cell) => (typeof cell === "boolean" ? String(cell) : cell))),
  );
