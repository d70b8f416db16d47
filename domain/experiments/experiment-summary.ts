import { z } from "zod";
import { RunStatus } from "../shared/run-status";

/** The verdict of one evaluation in some figures. Errors are shares; null where undefined. */
export const VerdictSummary = z.object({
  status: z.enum(["PASS", "FAIL"]),
  /** Over all units, pooled over the rolling origins. */
  wape: z.number().nullable(),
  holdoutWape: z.number().nullable(),
  /** The baselines' WAPE over the same origins, by name. */
  baselineWape: z.record(z.string(), z.number().nullable()),
  /** Categories in which the model has the smaller WAPE, by baseline. */
  wins: z.record(z.string(), z.object({ won: z.int(), of: z.int() })),
});
export type VerdictSummary = z.infer<typeof VerdictSummary>;

export const EvaluatedRun = z.object({
  id: z.string(),
  number: z.int(),
  pipelineId: z.string(),
  pipelineVersion: z.int(),
  status: RunStatus,
  endedAt: z.date().nullable(),
  evaluatedAt: z.date(),
  verdict: VerdictSummary,
});
export type EvaluatedRun = z.infer<typeof EvaluatedRun>;

/** An experiment: all evaluated runs whose training is tracked under one name. */
export const ExperimentSummary = z.object({
  name: z.string(),
  lastRun: EvaluatedRun,
  /** Newest first, with the last one. */
  runs: z.array(EvaluatedRun),
});
export type ExperimentSummary = z.infer<typeof ExperimentSummary>;
