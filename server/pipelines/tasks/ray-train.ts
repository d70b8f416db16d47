import type { PipelineTask } from "../../../domain/pipelines/document/pipeline-document";
import type { RayTrainSpec } from "../../../domain/pipelines/ray-train-spec";
import { trainingTables } from "../../../domain/pipelines/task-types/training-tables";
import type { ExperimentTracker } from "../../../domain/ports/experiment-tracker";
import type { JobRunner } from "../../../domain/ports/job-runner";
import { Failure } from "../../../domain/shared/failure";
import { secretTexts } from "../../../domain/sources/mask-secrets";
import { zipFiles } from "../job-package";
import type { TaskExecutor, TaskSockets, TaskWork } from "../task-executor";
import { TaskFailed } from "../task-failed";
import { followJob } from "./follow-job";
import {
  commitTables,
  frameworkFiles,
  jobIdOf,
  jobSecrets,
  stagedTables,
  stopEarlierAttempts,
  userCode,
} from "./job-parts";
import { readJobResult } from "./job-result";
import { submitJob } from "./submit-job";

export type RayTrain = Extract<PipelineTask, { type: "ray_train" }>;

type Engines = { jobRunner: JobRunner; tracker: ExperimentTracker };
type Submitted = { jobId: string };

/** Trains on the cluster: packs the code, follows the job, and makes the tables it wrote visible once it has succeeded. */
export const rayTrain: TaskExecutor<RayTrain> = async (task, work, sockets) => {
  const { signal } = work;
  const submitted = await work.step("submit", async (): Promise<Submitted> => {
    const engines = requireEngines(sockets);
    const job = await prepareJob(task, work, sockets, engines);
    await sockets.store.setJob(work.key, job.id);
    await stopEarlierAttempts(work, engines.jobRunner);
    await submitJob(engines.jobRunner, job, work, sockets.jobs, signal);
    return { jobId: job.id };
  });
  await work.step("follow", async () => {
    const { jobRunner, tracker } = requireEngines(sockets);
    try {
      const secrets = await jobSecrets(task.config.secrets, work, sockets).catch(async (failure: unknown) => {
        // Without them its log cannot be masked, and nobody would follow it.
        await jobRunner.stop(submitted.jobId).catch(() => undefined);
        throw failure;
      });
      const hidden = secretTexts(secrets.values());
      await followJob(jobRunner, { jobId: submitted.jobId, hidden }, work, sockets, signal);
    } catch (failure) {
      await endTrackedRuns(task, work, tracker).catch(sockets.report);
      throw failure;
    } finally {
      if (signal.aborted) await jobRunner.stop(submitted.jobId).catch(() => undefined);
    }
    return null;
  });
  signal.throwIfAborted();
  const result = await readJobResult(work, sockets);
  const { tables: wanted, isOptional } = trainingTables(task.config);
  const written = Object.entries(wanted).filter(([key]) => !isOptional || key in result.tables);
  const tables = await commitTables(Object.fromEntries(written), result, work, sockets);
  const mlflow =
    result.mlflow_run_id === null ? null : await trackedRun(result.mlflow_run_id, sockets.tracker);
  return {
    tables,
    metrics: result.metrics,
    ...(mlflow === null ? {} : { mlflow }),
    facts: [
      { label: "Registered models", value: String(Object.keys(result.models).length) },
      ...result.facts,
    ],
  };
};

function requireEngines({ jobRunner, tracker }: TaskSockets): Engines {
  if (jobRunner !== null && tracker !== null) return { jobRunner, tracker };
  const [part, variable] =
    jobRunner === null ? ["a Ray cluster", "RAY_ADDRESS"] : ["an MLflow server", "MLFLOW_TRACKING_URI"];
  throw new TaskFailed(
    {
      code: "engine_unavailable",
      message: `This task needs ${part}, and none is set up.`,
      hint: `Install Python 3.11 or newer and start Benchwright again, or set ${variable}.`,
      detail: null,
    },
    "final",
  );
}

/** A job that was killed left its run at the tracker as if it went on. */
async function endTrackedRuns({ config }: RayTrain, { key }: TaskWork, tracker: ExperimentTracker) {
  const filter = `tags.\`benchwright.run_id\` = '${key.runId}'`;
  const runs = await tracker.searchRuns(config.mlflow_experiment, filter, 100);
  const left = runs.filter(
    ({ status, tags }) => status === "RUNNING" && tags["benchwright.task_id"] === key.taskId,
  );
  for (const { id } of left) await tracker.failRun(id);
}

async function prepareJob(task: RayTrain, work: TaskWork, sockets: TaskSockets, { tracker }: Engines) {
  const secrets = await jobSecrets(task.config.secrets, work, sockets);
  const code = await userCode(task.config.training_script, work, sockets);
  const spec = await jobSpec(task, work, sockets, tracker);
  const threads = String(spec.threads_per_worker);
  return {
    id: jobIdOf(work.key),
    entrypoint: "python -m workbench_jobs ray_train --spec spec.json",
    package: zipFiles({
      ...code,
      ...(await frameworkFiles(sockets)),
      "spec.json": new TextEncoder().encode(JSON.stringify(spec, null, 2)),
    }),
    env: {
      ...Object.fromEntries(secrets),
      PYTHONUNBUFFERED: "1",
      OMP_NUM_THREADS: threads,
      MLFLOW_TRACKING_URI: tracker.trackingUri,
    },
    metadata: { run_id: work.key.runId, task_id: work.key.taskId, attempt: String(work.key.attempt) },
  };
}

async function jobSpec(
  { config }: RayTrain,
  work: TaskWork,
  sockets: TaskSockets,
  tracker: ExperimentTracker,
): Promise<RayTrainSpec> {
  const { workspaceId } = work.run;
  const dataset = await sockets.tableCatalog.find(workspaceId, config.dataset);
  if (dataset === null) {
    throw new Failure("not_found", `The table ${config.dataset} does not exist yet.`, {
      hint: "Let a task before this one write it, and name that task in depends_on.",
    });
  }
  work.reads({ kind: "table", name: dataset.name, version: dataset.snapshotId });
  const { jobFiles } = sockets;
  const files = await sockets.tableCatalog.currentFiles(workspaceId, dataset.name);
  const outputs = await stagedTables(trainingTables(config).tables, work, sockets);
  const { num_workers, resources_per_worker } = config.ray_config;
  const { GPU, memory } = resources_per_worker;
  return {
    run_id: work.key.runId,
    task_id: work.key.taskId,
    attempt: work.key.attempt,
    training_script: config.training_script,
    dataset: {
      name: dataset.name,
      uris: await Promise.all(files.map((uri) => jobFiles.forReading(uri))),
    },
    hyperparameters: config.hyperparameters,
    ray_config: {
      num_workers,
      resources_per_worker: {
        CPU: resources_per_worker.CPU,
        ...(GPU === undefined ? {} : { GPU }),
        ...(memory === undefined ? {} : { memory }),
      },
    },
    mlflow: { tracking_uri: tracker.trackingUri, experiment: config.mlflow_experiment },
    output_uris: outputs,
    begun_uri: await jobFiles.forBeginning(work.key),
    result_uri: await jobFiles.forWriting(jobFiles.resultUri(work.key)),
    threads_per_worker: Math.max(1, Math.floor(sockets.jobs.cores / num_workers)),
  };
}

/** The id counts; the page's address is a convenience that must not cost the training. */
async function trackedRun(runId: string, tracker: ExperimentTracker | null) {
  const url = await tracker?.run(runId).then(
    (run) => run.url,
    () => "",
  );
  return { runId, url: url ?? "" };
}
