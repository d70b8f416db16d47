"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/Button";
import { Duration } from "@/components/ui/Duration";
import { FailurePanel } from "@/components/ui/FailurePanel";
import type { ShownFailure } from "@/components/ui/failure-of";
import { formatClock, formatDuration } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { ConnectorOperation } from "@/domain/sources/connector-view";

export type OperationStateProps = {
  operation: ConnectorOperation | null;
  /** It could not be asked for. */
  failure: ShownFailure | null;
  isRunning: boolean;
  onCancel: () => void;
  onRetry: () => void;
  /** While it runs, for example `Testing the connection`. */
  doing: string;
  /** What is said of it once it is done; null draws nothing. */
  done: (operation: ConnectorOperation) => ReactNode;
};

const PHASES: Partial<Record<ConnectorOperation["phase"], string>> = {
  waiting: "waits for the worker",
  installing: "installing the connector's packages, once per version",
  connecting: "connecting",
  reading: "reading",
};

/** How a spec, check or discovery stands: what it does and since when, how it failed, or what it found. */
export function OperationState({
  operation,
  failure,
  isRunning,
  onCancel,
  onRetry,
  doing,
  done,
}: OperationStateProps) {
  const failed = failure ?? failureIn(operation);
  if (isRunning) {
    return (
      <div className="flex flex-wrap items-center gap-x-2 px-3 py-1.5 text-12" role="status">
        <StateGlyph label={doing} state="running" />
        <span className="text-ink-2">
          {operation?.progress || (operation && PHASES[operation.phase]) || "starting"}
        </span>
        {operation !== null && (
          <span className="text-ink-2">
            <Duration end={null} start={operation.createdAt} />
          </span>
        )}
        <button className="link ml-auto" onClick={onCancel} type="button">
          Cancel
        </button>
      </div>
    );
  }
  if (failed !== null) {
    return (
      <FailurePanel
        actions={<Button onClick={onRetry}>Try again</Button>}
        detail={operation?.error?.detail ?? null}
        failure={failed}
      />
    );
  }
  return operation === null ? null : done(operation);
}

function failureIn(operation: ConnectorOperation | null): ShownFailure | null {
  if (operation?.status === "cancelled")
    return { code: "cancelled", message: "It was cancelled before it ended.", hint: null };
  if (operation?.status !== "failed") return null;
  const { code, message, hint } = operation.error ?? {
    code: "engine_failed",
    message: "The connector failed and gave no reason.",
    hint: null,
  };
  return { code, message, hint };
}

/** `Connection test passed 07:00:01 UTC in 0.4 s`, or why not. */
export function CheckOutcome({ operation, isStale }: { operation: ConnectorOperation; isStale: boolean }) {
  const { check, endedAt, startedAt, createdAt } = operation;
  if (check === null) return null;
  const took =
    endedAt === null ? "" : ` in ${formatDuration(endedAt.getTime() - (startedAt ?? createdAt).getTime())}`;
  const when = endedAt === null ? "" : ` ${formatClock(endedAt)} UTC`;
  if (check.ok) {
    return (
      <p className="px-3 py-1.5 text-12" role="status">
        <StateGlyph label={`Connection test passed${when}${took}`} state={isStale ? "stale" : "succeeded"} />
        {isStale && <span className="block text-ink-2">The document has changed since then.</span>}
      </p>
    );
  }
  return (
    <FailurePanel
      failure={{
        code: "engine_failed",
        message: `Connection test failed${when}: ${check.message}`,
        hint: null,
      }}
      stillTrue="Nothing was read or written."
    />
  );
}
