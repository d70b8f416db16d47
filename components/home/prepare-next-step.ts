import type { RunSummary } from "@/domain/pipelines/run-view";
import { isFinal } from "@/domain/shared/is-final";

export type NextStep =
  | { kind: "no_pipeline"; title: string; text: string }
  | { kind: "run"; pipelineId: string; title: string; text: string }
  | { kind: "watch"; run: RunSummary; title: string; text: string }
  | { kind: "mend"; run: RunSummary; title: string; text: string }
  | { kind: "read"; run: RunSummary; title: string; text: string };

export const SAMPLE_PIPELINE = "demand-forecast-daily";

type Listed = { pipelineId: string; name: string };

/** What a person should do next here. `runs` are the newest first. */
export function prepareNextStep(pipelines: Listed[], runs: RunSummary[]): NextStep {
  const pipeline = pipelines.find(({ pipelineId }) => pipelineId === SAMPLE_PIPELINE) ?? pipelines[0];
  if (pipeline === undefined) {
    return {
      kind: "no_pipeline",
      title: "This workspace has no pipeline yet.",
      text: "In the sample workspace one is stored at the first start. Elsewhere put one over the API.",
    };
  }
  const latest = runs.find(({ pipelineId }) => pipelineId === pipeline.pipelineId);
  if (latest === undefined || latest.status === "cancelled" || latest.status === "skipped") {
    return {
      kind: "run",
      pipelineId: pipeline.pipelineId,
      title: `Run ${pipeline.pipelineId}.`,
      text: "It builds daily features by SQL, trains a model for each category on the cluster, judges them and writes a 14-day forecast.",
    };
  }
  if (!isFinal(latest.status)) {
    return {
      kind: "watch",
      run: latest,
      title: `Run ${latest.number} is at work.`,
      text: "Watch its steps, its log and what they write.",
    };
  }
  if (latest.status === "failed") {
    return {
      kind: "mend",
      run: latest,
      title: `Run ${latest.number} failed.`,
      text: latest.error === null ? "Its page shows the first error." : latest.error.message,
    };
  }
  return {
    kind: "read",
    run: latest,
    title: `Run ${latest.number} has a forecast.`,
    text: "Read the verdict of each category beside the naive baselines, the weakest first.",
  };
}
