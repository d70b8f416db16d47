import { randomUUID } from "node:crypto";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { apiClient } from "../lib/api.mjs";
import { makeToken, root } from "../lib/instance.mjs";
import { runProcess, until } from "../lib/processes.mjs";
import { rayOf } from "../lib/ray.mjs";
import { alternating, median, rounded } from "../lib/statistics.ts";
import { temporaryFolder } from "../lib/temporary-folder.mjs";

const pipelineId = "demand-forecast-daily";
const limitMs = 15 * 60_000;
const sample = join(root, "samples", "demand-forecast");
const seconds = (ms) => rounded(ms / 1000, 2);

/** One run from its POST until the API says that it has ended. */
async function throughApp(call) {
  const from = performance.now();
  const { id } = await call("POST", `/pipelines/${pipelineId}/runs`);
  const run = await until(`the end of run ${id}`, limitMs, async () => {
    const view = await call("GET", `/runs/${id}`);
    return ["succeeded", "failed", "cancelled"].includes(view.status) ? view : undefined;
  });
  const tookMs = performance.now() - from;
  const trained = run.tasks.find(({ type }) => type === "ray_train");
  if (trained?.status !== "succeeded") {
    throw new Error(
      `run ${id} ${run.status}: ${run.error?.message ?? trained?.attempts?.at(-1)?.error?.message ?? "no reason given"}`,
    );
  }
  return tookMs;
}

/** The sample's own files, by the table that each becomes. */
async function sampleSources(folder) {
  const { tables } = JSON.parse(await readFile(join(sample, "source-tables.json"), "utf8"));
  return Object.fromEntries(tables.map(({ name, file }) => [name, [join(folder, file)]]));
}

const threadsPerWorker = ({ config }) =>
  Math.max(1, Math.floor(cpus().length / config.ray_config.num_workers));

/** The specification that the document's training task amounts to, with its files under `folder`. */
function specification(task, ray, features, folder) {
  const { config } = task;
  const { num_workers, resources_per_worker, use_gpu } = config.ray_config;
  const outputs = Object.keys(config.output_tables ?? {}).map((key) => [key, join(folder, `${key}.parquet`)]);
  return {
    run_id: `bench-${randomUUID()}`,
    task_id: task.task_id,
    attempt: 1,
    training_script: config.training_script,
    dataset: { name: config.dataset, uris: [features] },
    hyperparameters: config.hyperparameters,
    ray_config: { num_workers, resources_per_worker, ...(use_gpu === undefined ? {} : { use_gpu }) },
    mlflow: { tracking_uri: ray.tracker, experiment: `${config.mlflow_experiment}-bare` },
    output_uris: Object.fromEntries(outputs),
    begun_uri: join(folder, "begun"),
    result_uri: join(folder, "result.json"),
    threads_per_worker: threadsPerWorker(task),
  };
}

/** The same SQL in a bare DuckDB, then the same script as a plain driver on the same cluster. */
async function bare(ray, task, sources, base) {
  const folder = join(base, randomUUID());
  await mkdir(folder);
  await cp(join(root, "jobs", "workbench_jobs"), join(folder, "workbench_jobs"), { recursive: true });
  await cp(join(root, "jobs", "schemas"), join(folder, "schemas"), { recursive: true });
  await cp(join(sample, "code", "demand_forecast"), join(folder, "demand_forecast"), { recursive: true });
  const features = join(folder, "features.parquet");
  const spec = join(folder, "spec.json");
  await writeFile(join(folder, "sources.json"), JSON.stringify(sources));
  await writeFile(spec, JSON.stringify(specification(task, ray, features, folder)));
  const sql = [
    join(root, "bench", "bare_features.py"),
    join(folder, "sources.json"),
    join(sample, "demand_features.sql"),
    features,
  ];
  const train = ["-m", "workbench_jobs", "ray_train", "--spec", spec];
  const env = {
    RAY_ADDRESS: ray.drivers,
    MLFLOW_TRACKING_URI: ray.tracker,
    OMP_NUM_THREADS: String(threadsPerWorker(task)),
    PYTHONUNBUFFERED: "1",
  };
  const { tookMs: sqlMs } = await runProcess(ray.python, sql, { cwd: folder, timeoutMs: limitMs });
  const { tookMs: trainMs } = await runProcess(ray.python, train, { cwd: folder, env, timeoutMs: limitMs });
  return sqlMs + trainMs;
}

export const pipelineOverhead = {
  name: "pipeline-overhead",
  title: `Whole run of ${pipelineId} through the API ÷ the same script and SQL run bare`,
  goal: 1.15,
  unit: "ratio",
  repeats: 3,
  async measure({ app, repeats, say }) {
    const started = await app();
    const ray = await rayOf(started);
    const call = apiClient(started.url, await makeToken(started));
    const document = JSON.parse(await readFile(join(sample, `${pipelineId}.json`), "utf8"));
    const task = document.tasks.find(({ type }) => type === "ray_train");
    await until("the sample pipeline", 180_000, () =>
      call("GET", `/pipelines/${pipelineId}`).then(() => true),
    );
    const sources = await sampleSources(ray.sampleFolder);
    const folder = await temporaryFolder();
    const samples = { appS: [], bareS: [] };
    for (const { side } of alternating(repeats, ["bare", "app"])) {
      const ms = await (side === "app" ? throughApp(call) : bare(ray, task, sources, folder.path));
      samples[`${side}S`].push(seconds(ms));
      say(`${side} ${seconds(ms)} s`);
    }
    await folder.remove();
    return {
      value: median(samples.appS) / median(samples.bareS),
      samples,
      note: "The app's side is the whole pipeline from the POST to the state that ends it, its second query and its evaluation included, which the bare side has not; the bare side is the feature query in DuckDB for Python and the training script as a plain driver, on the same Ray head and MLflow server. Medians.",
    };
  },
};
