import { RunError, type RunSummary } from "../../domain/pipelines/run-view";
import { RunStatus } from "../../domain/shared/run-status";

type RunRow = Omit<RunSummary, "status" | "error"> & { status: string; error: unknown };

/** A run as lists show it, whatever more the row holds. */
export function toSummary({
  id,
  number,
  pipelineId,
  pipelineVersion,
  status,
  startedBy,
  rerunOf,
  error,
  createdAt,
  startedAt,
  endedAt,
}: RunRow): RunSummary {
  return {
    id,
    number,
    pipelineId,
    pipelineVersion,
    status: RunStatus.parse(status),
    startedBy,
    rerunOf,
    error: readError(error),
    createdAt,
    startedAt,
    endedAt,
  };
}

export const readError = (json: unknown): RunError | null => (json === null ? null : RunError.parse(json));
