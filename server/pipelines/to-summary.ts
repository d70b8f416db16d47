import { RunError, RunSummary, RunTrigger } from "../../domain/pipelines/run-view";
import { RunStatus } from "../../domain/shared/run-status";

type RunRow = Omit<RunSummary, "status" | "error" | "trigger" | "parameters"> & {
  status: string;
  error: unknown;
  trigger: string;
  parameters: unknown;
};

/** A run as lists show it, whatever more the row holds. */
export function toSummary({
  id,
  number,
  pipelineId,
  pipelineVersion,
  status,
  startedBy,
  rerunOf,
  trigger,
  scheduledFor,
  parameters,
  error,
  warning,
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
    trigger: RunTrigger.parse(trigger),
    scheduledFor,
    parameters: RunSummary.shape.parameters.parse(parameters),
    error: readError(error),
    warning,
    createdAt,
    startedAt,
    endedAt,
  };
}

export const readError = (json: unknown): RunError | null => (json === null ? null : RunError.parse(json));
