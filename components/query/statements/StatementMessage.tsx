"use client";

import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { formatCount, formatDuration } from "@/components/ui/format";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { elapsedOf, statementError } from "./prepare-statements";
import type { Statement } from "./statement";
import { useClock } from "./useClock";

export type StatementMessageProps = {
  statement: Statement;
  onGoTo: () => void;
  onRerun: () => void;
  onCancel: () => void;
};

/** What stands in place of rows: waiting, running, failed, cancelled, written, or let go. */
export function StatementMessage(props: StatementMessageProps) {
  const { statement, onRerun } = props;
  const again = <Button onClick={onRerun}>Run again</Button>;
  switch (statement.status) {
    case "failed":
      return <Failed {...props} />;
    case "skipped":
      return <EmptyState title={statement.failure?.message ?? "Not run."} />;
    case "cancelled":
      return <EmptyState action={again} title="It was cancelled." />;
    case "queued":
      return <EmptyState title="It waits for its turn." />;
    case "running":
    case "retrying":
      return <Waiting {...props} />;
    case "succeeded":
      return (statement.run?.writes.length ?? 0) > 0 ? (
        <Written statement={statement} />
      ) : (
        <EmptyState action={again} title="The rows of this result are no longer kept." />
      );
  }
}

const SHOWN_AFTER_MS = 1000;

function Waiting({ statement, onCancel }: StatementMessageProps) {
  const elapsed = elapsedOf(statement, useClock(true));
  return (
    <div className="relative">
      <LoadingBar />
      {elapsed > SHOWN_AFTER_MS && (
        <EmptyState
          action={<Button onClick={onCancel}>Cancel</Button>}
          title={`Running, ${formatDuration(elapsed)}`}
        >
          No row has come yet.
        </EmptyState>
      )}
    </div>
  );
}

function Failed({ statement, onGoTo, onRerun }: StatementMessageProps) {
  const error = statementError(statement);
  const place = statement.previewOf === null ? (error?.place ?? null) : null;
  return (
    <FailurePanel
      actions={
        <>
          {place !== null && (
            <Button onClick={onGoTo}>
              Go to line {place.line}, column {place.column} of the statement
            </Button>
          )}
          <Button onClick={onRerun}>Run again</Button>
        </>
      }
      className="m-3"
      failure={{
        code: error?.code ?? "bug",
        message: error?.message ?? "It failed.",
        hint: error?.hint ?? null,
      }}
    />
  );
}

function Written({ statement }: { statement: Statement }) {
  const { run } = statement;
  return (
    <EmptyState
      title={(run?.writes ?? [])
        .map(({ table, mode, rows }) =>
          mode === "drop"
            ? `${table} was dropped.`
            : `${formatCount(rows ?? 0, "row")} ${mode === "append" ? "were added to" : "were written to"} ${table}.`,
        )
        .join(" ")}
    >
      {(run?.reads ?? []).length > 0 && (
        <>Read from {run?.reads.map(({ table }) => table).join(", ")}. Lineage keeps both.</>
      )}
    </EmptyState>
  );
}
