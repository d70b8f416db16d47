import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ExperimentTracker } from "../../domain/ports/experiment-tracker";
import type { JobRunner, JobState } from "../../domain/ports/job-runner";
import type { LakeAdmin } from "../../domain/ports/lake-admin";
import type { QueryEngine } from "../../domain/ports/query-engine";
import type { Cell } from "../../domain/ports/rows";
import type { TableCatalog } from "../../domain/ports/table-catalog";
import type { WorkflowBody } from "../../domain/ports/workflow-runner";
import { systemClock } from "../../domain/shared/clock";
import { Failure } from "../../domain/shared/failure";
import { unzipFiles, zipFiles } from "./job-package";
import { memoryPipelineStore } from "./memory-pipeline-store";
import { RUN_PIPELINE, runPipelineBody } from "./run-pipeline";
import { RUN_TASK, runTaskBody } from "./run-task";
import type { TaskSockets } from "./task-executor";

/** What a job does in a test: its log, and how it ends. */
export type FakeJob = { log: string; status: JobState["status"]; message?: string; forgotten?: boolean };

type Workflow = {
  name: string;
  input: unknown;
  steps: Map<string, string>;
  status: "running" | "succeeded" | "failed" | "cancelled";
};

const never = <T>(): Promise<T> => new Promise<T>(() => {});
const settings = {
  frameworkDir: join(import.meta.dirname, "..", "..", "jobs"),
  cores: 2,
  clusterWaitMs: 2_000,
  pollMs: 1,
};

/**
 * Engines, a store and a workflow runner in this process, with a counter of every effect and a crash at any of them. Its
 * folder goes when the test that asked for it ends.
 */
export async function pipelineWorld(catalog: TableCatalog & LakeAdmin) {
  const resultsDir = await mkdtemp(join(tmpdir(), "pipeline-world-"));
  onTestFinished(() => rm(resultsDir, { recursive: true, force: true }));
  const store = memoryPipelineStore();
  const jobs = new Map<
    string,
    FakeJob & { submissions: number; stopped: boolean; env: Record<string, string> }
  >();
  const secrets = new Map<string, string>();
  const behaviour = {
    job: (_id: string): FakeJob => ({ log: "INFO training\n", status: "succeeded" }),
    clusterAway: 0,
    chosenError: 10,
    writes: [] as string[],
    failWrites: 0,
  };
  const metrics: Record<string, number>[] = [];
  const bugs: unknown[] = [];
  const workflows = new Map<string, Workflow>();
  const crash = { at: Number.POSITIVE_INFINITY, effects: 0, epoch: 0, before: false };

  const queryEngine: QueryEngine = {
    rows: async () => ({ columns: [], rows: backtest(behaviour.chosenError), truncated: false }),
    writeParquet: async (sql, path) => {
      if (behaviour.failWrites > 0) {
        behaviour.failWrites -= 1;
        throw new Failure("engine_failed", "The engine failed.");
      }
      behaviour.writes.push(`${path} ${sql}`);
      return { rowCount: 7, bytes: 70, columns: [{ name: "a", type: "INTEGER" }] };
    },
    health: async () => ({ version: "0", detail: "" }),
    close: async () => undefined,
  };

  const jobRunner: JobRunner = {
    submit: async (job) => {
      if (behaviour.clusterAway > 0) {
        behaviour.clusterAway -= 1;
        throw new Failure("engine_unavailable", "The cluster does not answer.", { retryable: true });
      }
      const there = jobs.get(job.id);
      if (there !== undefined) return;
      const does = behaviour.job(job.id);
      jobs.set(job.id, { ...does, submissions: 1, stopped: false, env: job.env });
      const spec = JSON.parse(new TextDecoder().decode(unzipFiles(job.package)["spec.json"])) as {
        result_uri: string;
        output_uris: Record<string, string>;
      };
      if (does.status !== "succeeded") return;
      const tables = Object.fromEntries(
        Object.keys(spec.output_uris).map((key) => [
          key,
          { row_count: 3, bytes: 30, columns: [{ name: "a", type: "DATE" }] },
        ]),
      );
      await writeFile(
        spec.result_uri,
        JSON.stringify({ mlflow_run_id: "m1", models: { a: {} }, metrics: { wape: 0.2 }, tables, facts: [] }),
      );
    },
    state: async (id) => {
      const job = jobs.get(id);
      if (job === undefined || job.forgotten)
        throw new Failure("not_found", "The cluster does not know the job.");
      return {
        status: job.stopped ? "cancelled" : job.status,
        message: job.message ?? "",
        startedAt: null,
        endedAt: null,
      };
    },
    async *tailLogs(id, signal) {
      const job = jobs.get(id);
      // Cut anywhere, as a socket would.
      for (const part of job?.log.match(/[\s\S]{1,7}/g) ?? []) yield part;
      while (job?.status === "running" && !job.stopped && !signal.aborted)
        await new Promise((resolve) => setTimeout(resolve, 1));
    },
    stop: async (id) => {
      const job = jobs.get(id);
      if (job !== undefined) job.stopped = true;
    },
    health: async () => ({ version: "0", detail: "", cpus: 8, memoryBytes: 1 }),
  };

  const tracker = {
    trackingUri: "http://127.0.0.1:1",
    searchRuns: async () => [],
    run: async (id: string) => ({ id, url: `http://127.0.0.1:1/#/${id}` }),
    logMetrics: async (_run: string, logged: Record<string, number>) => void metrics.push(logged),
  } as unknown as ExperimentTracker;

  /** The same object, each of whose calls is an effect: after the crash nothing of the old process comes back. */
  function mortal<T extends object>(target: T): T {
    const epoch = crash.epoch;
    return new Proxy(target, {
      get(held, name, receiver) {
        const member: unknown = Reflect.get(held, name, receiver);
        if (typeof member !== "function" || name === "tailLogs" || name === "status") return member;
        return (...input: unknown[]) =>
          epoch === crash.epoch ? effect(() => member.apply(held, input)) : never();
      },
    });
  }
  async function effect(act: () => Promise<unknown>): Promise<unknown> {
    const { epoch } = crash;
    crash.effects += 1;
    const dies = crash.effects === crash.at;
    if (dies && crash.before) return die();
    const result = await act();
    if (epoch !== crash.epoch) return never();
    return dies ? die() : result;
  }

  let onDeath: () => void = () => undefined;
  const die = () => {
    crash.epoch += 1;
    onDeath();
    return never();
  };

  const sockets: TaskSockets = {
    store,
    queryEngine,
    tableCatalog: catalog,
    lakeAdmin: catalog,
    jobRunner,
    tracker,
    secrets: {
      open: async (_workspaceId, names) => {
        const missing = names.find((name) => !secrets.has(name));
        if (missing !== undefined) throw new Failure("invalid_input", `The secret ${missing} is not set.`);
        return new Map(names.map((name) => [name, secrets.get(name) ?? ""]));
      },
    },
    clock: systemClock,
    jobs: { ...settings, resultsDir },
    report: (error) => void bugs.push(error),
    sources: {
      savedQuery: async () => ({ sql: "SELECT 1", dialect: "duckdb" }),
      codePackage: async () => ({ contentHash: "x", bytes: zipFiles({ "train.py": new Uint8Array([1]) }) }),
    },
  };

  function begin(id: string, body: WorkflowBody): void {
    const held = workflows.get(id) as Workflow;
    const epoch = crash.epoch;
    const step = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
      const recorded = held.steps.get(name);
      if (recorded !== undefined) return JSON.parse(recorded) as T;
      if (held.status === "cancelled") return never();
      const result = await act();
      if (epoch !== crash.epoch) return never();
      held.steps.set(name, JSON.stringify(result) ?? "null");
      return JSON.parse(JSON.stringify(result) ?? "null") as T;
    };
    body(
      { workflowId: id, step, sleep: (name) => step(name, async () => undefined as never) },
      held.input,
    ).then(
      () =>
        void (
          epoch === crash.epoch &&
          held.status === "running" &&
          Object.assign(held, { status: "succeeded" })
        ),
      (error: unknown) => {
        bugs.push(error);
        if (epoch === crash.epoch) held.status = "failed";
      },
    );
  }

  /** The worker's life from its launch. */
  function launch() {
    const alive: TaskSockets = {
      ...sockets,
      store: mortal(store),
      queryEngine: mortal(queryEngine),
      tableCatalog: mortal(catalog),
      jobRunner: sockets.jobRunner === null ? null : mortal(sockets.jobRunner),
      tracker: mortal(tracker),
    };
    const client = {
      start: async (name: string, id: string, input: unknown) => {
        if (workflows.has(id)) return;
        workflows.set(id, { name, input, steps: new Map(), status: "running" });
        begin(id, bodies[name] as WorkflowBody);
      },
      cancel: async (id: string) => {
        const held = workflows.get(id);
        if (held?.status === "running") held.status = "cancelled";
      },
      state: async (id: string) => {
        const held = workflows.get(id);
        if (held === undefined) throw new Failure("not_found", "There is no such workflow.");
        return { status: held.status, error: null };
      },
    };
    const bodies: Record<string, WorkflowBody> = {
      [RUN_PIPELINE]: runPipelineBody({
        store: alive.store,
        workflows: mortal(client),
        clock: systemClock,
        concurrency: 4,
        pollMs: 1,
      }),
      [RUN_TASK]: runTaskBody(alive),
    };
    for (const [id, held] of workflows)
      if (held.status === "running") begin(id, bodies[held.name] as WorkflowBody);
    return client;
  }

  /** Resolves when the worker dies. */
  const death = () => new Promise<"died">((resolve) => (onDeath = () => resolve("died")));

  return {
    store,
    catalog,
    jobs,
    secrets,
    behaviour,
    metrics,
    bugs,
    workflows,
    crash,
    sockets,
    launch,
    death,
  };
}

/** Two categories over one rolling origin; `chosenError` units above the actual 100. */
function backtest(chosenError: number): Cell[][] {
  return ["a", "b"].flatMap((category) =>
    ["lightgbm", "seasonal_naive", "mean_4_weekdays"].map((model): Cell[] => [
      "2017-10-02",
      "2017-10-02",
      category,
      model,
      model === "lightgbm" ? 100 + chosenError : 130,
      100,
      model === "lightgbm",
      null,
      false,
      true,
    ]),
  );
}
