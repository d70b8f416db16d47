import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { driveRun } from "../../domain/pipelines/interpreter/drive-run";
import { drivenActs } from "../../domain/pipelines/interpreter/driven-acts";
import { type Numbered, orderedHost } from "../../domain/pipelines/interpreter/ordered-host";
import type { RunActs } from "../../domain/pipelines/interpreter/run-acts";
import type { ExperimentTracker } from "../../domain/ports/experiment-tracker";
import type { HttpAnswer, HttpRequest } from "../../domain/ports/http-client";
import type { JobRunner, JobState } from "../../domain/ports/job-runner";
import type { LakeAdmin } from "../../domain/ports/lake-admin";
import type { QueryEngine } from "../../domain/ports/query-engine";
import type { TableCatalog } from "../../domain/ports/table-catalog";
import { systemClock } from "../../domain/shared/clock";
import { Failure } from "../../domain/shared/failure";
import { unzipFiles, zipFiles } from "./job-package";
import { memoryBacktest } from "./memory-backtest";
import { memoryPipelineStore } from "./memory-pipeline-store";
import { admission } from "./running/admit-runs";
import type { AttemptSockets } from "./running/carry-attempt";
import { childRuns } from "./running/child-runs";
import { runActs } from "./running/run-acts";
import { runWatch } from "./running/run-watch";
import { type SlotStore, slots } from "./running/slots";
import type { TaskSockets } from "./task-executor";
import { type HeldSyncs, memorySyncs } from "./tasks/memory-syncs";
import type { SyncProgress } from "./tasks/sync-starter";

/** What a job does in a test: its log, and how it ends. */
export type FakeJob = Pick<JobState, "status"> & Partial<JobState> & { log: string; forgotten?: boolean };

/** What an engine keeps of a run. */
type Workflow = { steps: Map<string, string>; status: "running" | "ended"; isCancelled: boolean };

/** Calls that change nothing and come at times of their own: a crash is not set on them. */
const UNSEEN = new Set(["tailLogs", "status", "endedRuns", "limits", "openAttempts", "setProgress"]);

const never = <T>(): Promise<T> => new Promise<T>(() => {});
const settings = {
  frameworkDir: join(import.meta.dirname, "..", "..", "jobs"),
  cores: 2,
  clusterWaitMs: 2_000,
  pollMs: 1,
};

/**
 * Engines, a store and a workflow runner in this process, with a counter of every effect and a crash at any of them.
 */
export async function pipelineWorld(catalog: TableCatalog & LakeAdmin) {
  /** Results of jobs. */
  const results = new Map<string, string>();
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
    answer: (_request: HttpRequest): HttpAnswer => ({
      status: 200,
      contentType: "application/json",
      body: "{}",
      isCut: false,
    }),
    sync: (_connection: string): Partial<SyncProgress> => ({}),
    /** Milliseconds until a write is done. */
    writeMs: 0,
  };
  const metrics: Record<string, number>[] = [];
  const bugs: unknown[] = [];
  const workflows = new Map<string, Workflow>();
  const crash = { at: Number.POSITIVE_INFINITY, effects: 0, epoch: 0, before: false };

  const queryEngine: QueryEngine = {
    rows: async () => ({ columns: [], rows: memoryBacktest(behaviour.chosenError), truncated: false }),
    writeParquet: async (sql, path, { signal }) => {
      if (behaviour.writeMs > 0) await pause(behaviour.writeMs, undefined, { signal });
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
      results.set(
        spec.result_uri,
        JSON.stringify({ mlflow_run_id: "m1", models: { a: {} }, metrics: { wape: 0.2 }, tables, facts: [] }),
      );
    },
    state: async (id) => {
      const job = jobs.get(id);
      if (job === undefined || job.forgotten)
        throw new Failure("not_found", "The cluster does not know the job.");
      const status = job.stopped ? "cancelled" : job.status;
      return { message: "", exitCode: null, startedAt: null, endedAt: null, ...job, status };
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
        if (typeof member !== "function" || UNSEEN.has(String(name))) return member;
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
    stop();
    onDeath();
    return never();
  };

  const syncs: HeldSyncs = new Map();
  const requests: HttpRequest[] = [];
  const limits: Awaited<ReturnType<SlotStore["limits"]>> = [];
  const sockets: Omit<TaskSockets, "runs"> = {
    store,
    queryEngine,
    sqlLanguage: null,
    tableCatalog: catalog,
    lakeAdmin: catalog,
    jobRunner,
    tracker,
    syncs: memorySyncs(syncs, (connection) => behaviour.sync(connection)),
    http: {
      send: async (request) => {
        requests.push(request);
        return behaviour.answer(request);
      },
    },
    secrets: {
      open: async (_workspaceId, names) => {
        const missing = names.find((name) => !secrets.has(name));
        if (missing !== undefined) throw new Failure("invalid_input", `The secret ${missing} is not set.`);
        return new Map(names.map((name) => [name, secrets.get(name) ?? ""]));
      },
    },
    clock: systemClock,
    jobs: settings,
    jobFiles: {
      resultUri: ({ runId, taskId, attempt }) => `${runId}/${taskId}-${attempt}`,
      forReading: async (uri) => uri,
      forWriting: async (uri) => uri,
      forBeginning: async ({ runId, taskId, attempt }) => `${runId}/${taskId}-${attempt}-begun`,
      read: async (uri) => results.get(uri) ?? null,
    },
    report: (error) => void bugs.push(error),
    sources: {
      savedQuery: async () => ({ sql: "SELECT 1", dialect: "duckdb" }),
      codePackage: async () => ({ contentHash: "x", bytes: zipFiles({ "train.py": new Uint8Array([1]) }) }),
    },
  };

  /** Carries a run as an engine does that records what acts answered. */
  function carry(id: string, acts: RunActs): void {
    const held = workflows.get(id) as Workflow;
    const { epoch } = crash;
    const host = orderedHost({
      recorded: [...held.steps].map(([name, answer]) => ({ name, answer: JSON.parse(answer) as Numbered })),
      step: async (name, act) => {
        const recorded = held.steps.get(name);
        if (recorded !== undefined) return JSON.parse(recorded) as Numbered;
        if (held.isCancelled) return never();
        const result = await act();
        if (epoch !== crash.epoch) return never();
        held.steps.set(name, JSON.stringify(result));
        return result;
      },
      // A pause of a test is over at once; a deadline is far away.
      sleep: (ms, signal) => pause(ms > 60_000 ? ms : 1, undefined, { signal }).catch(() => never()),
      now: Date.now,
    });
    driveRun(host, drivenActs(acts), id)
      .catch((error: unknown) => bugs.push(error))
      .finally(() => {
        host.close();
        if (epoch === crash.epoch) held.status = "ended";
      });
  }

  /** The worker's life from its launch. */
  function launch() {
    const alive = {
      ...sockets,
      store: mortal(store),
      queryEngine: mortal(queryEngine),
      tableCatalog: mortal(catalog),
      jobRunner: sockets.jobRunner === null ? null : mortal(sockets.jobRunner),
      tracker: mortal(tracker),
    };
    const { epoch } = crash;
    const report = (error: unknown) => void bugs.push(error);
    const watch = runWatch({ store: alive.store, everyMs: 2, report });
    const runDriver = {
      start: async (id: string) => {
        if (workflows.has(id)) return;
        workflows.set(id, { steps: new Map(), status: "running", isCancelled: false });
        carry(id, acts);
      },
      cancel: async (id: string) => {
        const held = workflows.get(id);
        if (held !== undefined) Object.assign(held, { isCancelled: true, status: "ended" });
      },
      state: async (id: string) => workflows.get(id)?.status ?? ("unknown" as const),
    };
    const attempts: AttemptSockets = {
      ...alive,
      watch,
      runs: childRuns({ ...alive, watch, runDriver }),
      slots: slots({ store: memorySlots(), clock: systemClock, everyMs: 2, report }),
    };
    const acts = runActs(attempts);
    const admitted = admission({
      admission: mortal(store.admission),
      store: alive.store,
      driver: mortal(runDriver),
      clock: systemClock,
      everyMs: 1,
      lookAgainMs: 60_000,
      report,
    });
    const over = new AbortController();
    stop = () => over.abort();
    void admitted.run(over.signal);
    void admitted.sweep();
    for (const [id, held] of workflows)
      if (held.status === "running" && epoch === crash.epoch) carry(id, acts);
    return runDriver;
  }
  let stop: () => void = () => undefined;
  onTestFinished(() => stop());

  const memorySlots = (): SlotStore => ({
    limits: async () => limits,
    openAttempts: async () =>
      store.openAttempts().map((each) => ({ ...each, workspaceId: "w", id: JSON.stringify(each.key) })),
    grant: async (keys, at) => store.grant(keys, at),
    setWaits: async (waits) => store.setWaits(waits),
  });

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
    syncs,
    requests,
    limits,
    launch,
    death,
  };
}
