import { readFileSync } from "node:fs";
import type { Api } from "./api";
import { until } from "./instance";

type Table = { name: string; version: number; rowCount: number; writtenBy: string };
export type Attempt = {
  number: number;
  status: string;
  endedAt: string | null;
  error: { code: string; message: string } | null;
};
export type Task = {
  taskId: string;
  type: string;
  status: string;
  maxAttempts: number;
  startedAt: string | null;
  endedAt: string | null;
  attempts: Attempt[];
  outputs: { mlflow?: { runId: string }; tables?: { name: string; rowCount: number }[] };
};
export type Run = {
  id: string;
  status: string;
  error: { code: string; message: string } | null;
  tasks: Task[];
};
export type MlflowRun = { id: string; status: string; tags: Record<string, string> };

const IS_FINAL = new Set(["succeeded", "failed", "cancelled"]);

/** The run once it has ended. */
export const endedRun = (api: Api, runId: string, limitMs: number): Promise<Run> =>
  until(`the end of run ${runId}`, limitMs, async () => {
    const run = await api<Run>("GET", `/runs/${runId}`);
    return IS_FINAL.has(run.status) ? run : undefined;
  });

/** The current version of each table by its name. */
export async function tablesNow(api: Api): Promise<Record<string, Table>> {
  const { items } = await api<{ items: Table[] }>("GET", "/lakehouse/tables");
  return Object.fromEntries(items.map((table) => [table.name, table]));
}

/** What the script left on each of its beginnings: `<run> <task> <attempt>`. */
export function beginnings(trace: string, runId: string): string[] {
  const lines = readFileSync(trace, "utf8").trim().split("\n");
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return entries
    .filter((each) => each.run_id === runId)
    .map((each) => `${each.run_id} ${each.task_id} ${each.attempt}`);
}

/** What the tracker and the cluster keep of a run. */
export function engineRecords({ trackerUrl, rayUrl }: { trackerUrl: string; rayUrl: string }) {
  const tracker = async <T>(path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${trackerUrl}/api/2.0/mlflow/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`MLflow ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  type Tagged = { tags?: { key: string; value: string }[] };
  const tagsOf = ({ tags = [] }: Tagged) => Object.fromEntries(tags.map(({ key, value }) => [key, value]));

  return {
    /** The tracker's runs of one run of the pipeline. */
    mlflowRuns: async (experiment: string, runId: string): Promise<MlflowRun[]> => {
      const query = new URLSearchParams({ experiment_name: experiment });
      const found = await tracker<{ experiment: { experiment_id: string } }>(
        `experiments/get-by-name?${query}`,
      );
      const { runs = [] } = await tracker<{
        runs?: { info: { run_id: string; status: string }; data: Tagged }[];
      }>("runs/search", {
        experiment_ids: [found.experiment.experiment_id],
        filter: `tags.\`benchwright.run_id\` = '${runId}'`,
      });
      return runs.map(({ info, data }) => ({ id: info.run_id, status: info.status, tags: tagsOf(data) }));
    },

    /** Versions of the registered model that one run of the pipeline made. */
    modelVersions: async (name: string, runId: string): Promise<number> => {
      const query = new URLSearchParams({ filter: `name='${name}'`, max_results: "1000" });
      const { model_versions = [] } = await tracker<{ model_versions?: Tagged[] }>(
        `model-versions/search?${query}`,
      );
      return model_versions.filter((each) => tagsOf(each)["benchwright.run_id"] === runId).length;
    },

    /** Jobs of one run of the pipeline that the cluster still works on. */
    liveJobs: async (runId: string): Promise<string[]> => {
      const answer = await fetch(`${rayUrl}/api/jobs/`);
      const jobs = (await answer.json()) as { submission_id: string | null; status: string }[];
      return jobs
        .filter((job) => job.submission_id?.startsWith(runId) && ["PENDING", "RUNNING"].includes(job.status))
        .map((job) => String(job.submission_id));
    },
  };
}
