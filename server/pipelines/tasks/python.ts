import type { PipelineTask } from "../../../domain/pipelines/document/pipeline-document";
import type { PythonScriptSpec } from "../../../domain/pipelines/python-script-spec";
import type { JobRunner, JobSubmission } from "../../../domain/ports/job-runner";
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

type Python = Extract<PipelineTask, { type: "python" }>;

/** Runs a script on the cluster: packs its code, follows the job, and makes the tables it wrote visible. */
export const python: TaskExecutor<Python> = async (task, work, sockets) => {
  const { signal } = work;
  const jobRunner = requireCluster(sockets);
  const jobId = await work.step("submit", async () => {
    const job = await prepareJob(task, work, sockets);
    await sockets.store.setJob(work.key, job.id);
    await stopEarlierAttempts(work, jobRunner);
    await submitJob(jobRunner, job, work, sockets.jobs, signal);
    return job.id;
  });
  await work.step("follow", async () => {
    try {
      const hidden = secretTexts((await jobSecrets(task.config.secrets, work, sockets)).values());
      await followJob(jobRunner, { jobId, hidden }, work, sockets, signal);
    } catch (failure) {
      // Whatever went wrong, nobody follows the job any more.
      await jobRunner.stop(jobId).catch(() => undefined);
      throw failure;
    }
    return null;
  });
  signal.throwIfAborted();
  const result = await readJobResult(work, sockets);
  const tables = await commitTables(task.config.output_tables ?? {}, result, work, sockets);
  return { tables, values: result.values };
};

function requireCluster({ jobRunner }: TaskSockets): JobRunner {
  if (jobRunner !== null) return jobRunner;
  throw new TaskFailed(
    {
      code: "engine_unavailable",
      message: "This task needs a Ray cluster, and none is set up.",
      hint: "Install Python 3.11 or newer and start Benchwright again, or set RAY_ADDRESS.",
      detail: null,
    },
    "final",
  );
}

async function prepareJob({ config }: Python, work: TaskWork, sockets: TaskSockets): Promise<JobSubmission> {
  const { runId, taskId, attempt } = work.key;
  const secrets = await jobSecrets(config.secrets, work, sockets);
  const code = await userCode(config.script, work, sockets);
  const { jobFiles } = sockets;
  const spec: PythonScriptSpec = {
    run_id: runId,
    task_id: taskId,
    attempt,
    script: config.script,
    args: config.args ?? [],
    parameters: config.parameters ?? {},
    output_uris: await stagedTables(config.output_tables ?? {}, work, sockets),
    begun_uri: await jobFiles.forBeginning(work.key),
    result_uri: await jobFiles.forWriting(jobFiles.resultUri(work.key)),
  };
  const { CPU = 1, GPU, memory } = config.resources ?? {};
  return {
    id: jobIdOf(work.key),
    entrypoint: "python -m workbench_jobs python_script --spec spec.json",
    package: zipFiles({
      ...code,
      ...(await frameworkFiles(sockets)),
      "spec.json": new TextEncoder().encode(JSON.stringify(spec, null, 2)),
    }),
    env: { ...Object.fromEntries(secrets), PYTHONUNBUFFERED: "1" },
    metadata: { run_id: runId, task_id: taskId, attempt: String(attempt) },
    resources: {
      cpus: CPU,
      ...(GPU === undefined ? {} : { gpus: GPU }),
      ...(memory === undefined ? {} : { memoryBytes: memory }),
    },
  };
}
