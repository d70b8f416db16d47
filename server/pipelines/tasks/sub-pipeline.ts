import type { PipelineTask } from "../../../domain/pipelines/document/pipeline-document";
import type { TaskExecutor } from "../task-executor";
import { TaskFailed } from "../task-failed";

type SubPipeline = Extract<PipelineTask, { type: "sub_pipeline" }>;

/** Starts a run of another pipeline and waits for its end; each attempt has a run of its own. */
export const subPipeline: TaskExecutor<SubPipeline> = async ({ config }, work, { runs, store }) => {
  const { runId, number } = await runs.start({
    parent: work.run,
    pipelineId: config.pipeline_id,
    parameters: config.parameters ?? {},
    key: `${work.idempotencyKey}:${work.key.attempt}`,
  });
  await store.setJob(work.key, runId);
  const name = `run ${number} of ${config.pipeline_id}`;
  const values = { run_id: runId, run_number: number };
  work.note(0, `INFO started ${name}`);
  work.progress(`started ${name}`);
  if (!config.wait) return { values };
  work.progress(`waiting for ${name}`);
  try {
    const status = await runs.ended(runId, work.signal);
    work.progress(`${name} ${status}`);
    if (status === "succeeded") return { values: { ...values, status } };
    throw new TaskFailed({
      code: "engine_failed",
      message: `${capital(name)} was ${status === "cancelled" ? "cancelled" : "not successful"}.`,
      hint: "Its own page shows why.",
      detail: null,
    });
  } finally {
    if (work.signal.aborted) await runs.cancel(runId);
  }
};

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
