import type { ExperimentTracker, ModelVersion, TrackedRun } from "../../../domain/ports/experiment-tracker";
import { type MlflowCall, MlflowRefusal, mlflowCall } from "./mlflow-http";
import { mlflowRegistry } from "./mlflow-registry";

type KeyValue<V> = { key: string; value: V };
type MlflowExperiment = { experiment_id: string; lifecycle_stage: string };
type MlflowRun = {
  info: { run_id: string; experiment_id: string; status: string };
  data?: { params?: KeyValue<string>[]; metrics?: KeyValue<number | string>[]; tags?: KeyValue<string>[] };
};
type MlflowModelVersion = { name: string; version: string; run_id: string; tags?: KeyValue<string>[] };

const API = "api/2.0/mlflow";
/** MLflow takes at most so many in one batch. */
const METRICS_PER_BATCH = 1_000;
const TAGS_PER_BATCH = 100;
const VERSIONS_PER_PAGE = 200;

/** An MLflow tracking server and its model registry, over REST. */
export function mlflowTracker({ trackingUri }: { trackingUri: string }): ExperimentTracker {
  const call = mlflowCall(trackingUri);
  const page = (run: MlflowRun["info"]) =>
    `${publicUri(trackingUri)}/#/experiments/${run.experiment_id}/runs/${run.run_id}`;
  const tracked = ({ info, data }: MlflowRun): TrackedRun => ({
    id: info.run_id,
    experimentId: info.experiment_id,
    status: info.status,
    params: record(data?.params),
    metrics: Object.fromEntries((data?.metrics ?? []).map(({ key, value }) => [key, Number(value)])),
    tags: record(data?.tags),
    url: page(info),
  });

  return {
    trackingUri,
    ...mlflowRegistry(call),

    async ensureExperiment(name) {
      const found = await findExperiment(call, name);
      if (found !== null) return restored(call, found);
      try {
        const made = await call<{ experiment_id: string }>("POST", `${API}/experiments/create`, { name });
        return made.experiment_id;
      } catch (error) {
        const other = isRefusal(error, "RESOURCE_ALREADY_EXISTS") ? await findExperiment(call, name) : null;
        if (other === null) throw error;
        return restored(call, other);
      }
    },

    async searchRuns(experimentName, filter, limit) {
      const experiment = await findExperiment(call, experimentName);
      if (experiment === null) return [];
      const { runs = [] } = await call<{ runs?: MlflowRun[] }>("POST", `${API}/runs/search`, {
        experiment_ids: [experiment.experiment_id],
        filter,
        max_results: limit,
      });
      return runs.map(tracked);
    },

    async run(id) {
      return tracked((await call<{ run: MlflowRun }>("GET", `${API}/runs/get`, { run_id: id })).run);
    },

    async logMetrics(runId, metrics) {
      const timestamp = Date.now();
      const entries = Object.entries(metrics).map(([key, value]) => ({ key, value, timestamp, step: 0 }));
      for (const batch of batches(entries, METRICS_PER_BATCH)) {
        await call("POST", `${API}/runs/log-batch`, { run_id: runId, metrics: batch });
      }
    },

    async setTags(runId, tags) {
      const entries = Object.entries(tags).map(([key, value]) => ({ key, value }));
      for (const batch of batches(entries, TAGS_PER_BATCH)) {
        await call("POST", `${API}/runs/log-batch`, { run_id: runId, tags: batch });
      }
    },

    async failRun(runId) {
      const { run } = await call<{ run: MlflowRun }>("GET", `${API}/runs/get`, { run_id: runId });
      if (tracked(run).status !== "RUNNING") return;
      await call("POST", `${API}/runs/update`, { run_id: runId, status: "FAILED", end_time: Date.now() });
    },

    async modelVersions(runId) {
      const versions: ModelVersion[] = [];
      let token = "";
      do {
        const answer = await call<{ model_versions?: MlflowModelVersion[]; next_page_token?: string }>(
          "GET",
          `${API}/model-versions/search`,
          { filter: `run_id='${plainRunId(runId)}'`, max_results: VERSIONS_PER_PAGE, page_token: token },
        );
        for (const { name, version, run_id, tags } of answer.model_versions ?? []) {
          versions.push({ name, version, runId: run_id, tags: record(tags) });
        }
        token = answer.next_page_token ?? "";
      } while (token !== "");
      return versions.sort((a, b) => a.name.localeCompare(b.name) || Number(a.version) - Number(b.version));
    },

    async health() {
      await call("GET", "health");
      const version = await call<string>("GET", "version");
      return { version: String(version).trim(), detail: publicUri(trackingUri) };
    },
  };
}

async function findExperiment(call: MlflowCall, name: string): Promise<MlflowExperiment | null> {
  try {
    const query = { experiment_name: name };
    return (await call<{ experiment: MlflowExperiment }>("GET", `${API}/experiments/get-by-name`, query))
      .experiment;
  } catch (error) {
    if (isRefusal(error, "RESOURCE_DOES_NOT_EXIST")) return null;
    throw error;
  }
}

/** A deleted experiment keeps its name, so it is taken back instead of made anew. */
async function restored(call: MlflowCall, experiment: MlflowExperiment): Promise<string> {
  const { experiment_id } = experiment;
  if (experiment.lifecycle_stage === "deleted")
    await call("POST", `${API}/experiments/restore`, { experiment_id });
  return experiment_id;
}

function isRefusal(error: unknown, code: string): boolean {
  return error instanceof MlflowRefusal && error.errorCode === code;
}

const record = (pairs: KeyValue<string>[] | undefined): Record<string, string> =>
  Object.fromEntries((pairs ?? []).map(({ key, value }) => [key, value]));

/** The address without a password and without a slash at its end. */
function publicUri(trackingUri: string): string {
  const url = new URL(trackingUri);
  url.username = "";
  url.password = "";
  return url.toString().replace(/\/+$/, "");
}

/** Run ids go into a filter as text: none with a quote gets there. */
const plainRunId = (id: string): string => id.replaceAll(/[^A-Za-z0-9_-]/g, "");

function batches<T>(items: T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
