import { randomInt } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, patientApi } from "../api";
import { expectHonestAttempts } from "../honest";
import { type Instance, runningInstance, until } from "../instance";
import { endedRun, engineRecords, type Run } from "../records";
import { databaseRecords } from "./database-records";
import { lakeRecords } from "./lake-records";
import { startReceiver } from "./receiver";
import { stormPipeline } from "./storm-pipeline";
import { stormPlan } from "./storm-plan";
import { strike, type Target } from "./strikes";
import { temporalUnderFire } from "./temporal-under-fire";

// biome-ignore lint/style/noProcessEnv: these tests are told by it which instance is theirs to kill.
const variables = process.env;
const seed = Number(variables.BENCHWRIGHT_KILL_SEED || randomInt(2 ** 31));
const RUNS = Number(variables.BENCHWRIGHT_STORM_RUNS || 8);
/** After so many minutes no more runs are started. */
const MINUTES = Number(variables.BENCHWRIGHT_STORM_MINUTES || 120);
/** Where the Temporal is expected that carries the runs; without it the database does. */
const temporalAddress = variables.BENCHWRIGHT_STORM_TEMPORAL || undefined;
const baseUrl = variables.BENCHWRIGHT_URL ?? "";
const rayUrl = variables.CONTRACT_RAY_ADDRESS ?? "";
const trackerUrl = variables.CONTRACT_MLFLOW_TRACKING_URI ?? "";
const probes = [`${baseUrl}/api/v1/health`, `${rayUrl}/api/jobs/`];

/** Runs that wait or are under way. */
const MOST_OPEN = 12;
const PATIENCE_MS = 240_000;
const RECOVERY_MS = 180_000;
/** In the worst weather a run ends within it. */
const NO_PROGRESS_MS = 6 * 60_000;
/** On a machine on which a calm run takes longer, everything does: the strikes wait as much longer. */
const SWIFT_RUN_MS = 15_000;
const STORM_MS = 10 * 60_000 + RUNS * 60_000;
const IS_FINAL = new Set(["succeeded", "failed", "cancelled"]);
const carrier = temporalAddress === undefined ? "the database" : "Temporal";

console.log(
  `storm seed ${seed} on ${carrier} (repeat it with BENCHWRIGHT_KILL_SEED=${seed} BENCHWRIGHT_STORM_RUNS=${RUNS})`,
);

describe(`${RUNS} runs on ${carrier} while its parts are killed every few seconds, seed ${seed}`, () => {
  const name = `storm_${seed}`;
  const folder = mkdtempSync(join(tmpdir(), "storm-"));
  const trace = join(folder, "trace.jsonl");
  let instance: Instance;
  let api: Api;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let pipeline: ReturnType<typeof stormPipeline>;
  let temporal: Awaited<ReturnType<typeof temporalUnderFire>> | undefined;
  let started: string[] = [];
  let runs: Run[] = [];
  let calm = "";
  let pace = 1;

  beforeAll(async () => {
    writeFileSync(trace, "");
    if (temporalAddress !== undefined) temporal = await temporalUnderFire(temporalAddress, folder);
    instance = runningInstance(variables.BENCHWRIGHT_DATA ?? "");
    await instance.recovered({ probes }, RECOVERY_MS);
    receiver = await startReceiver(seed);
    pipeline = stormPipeline(name, { receiver: receiver.url, trace });
    api = patientApi(baseUrl, instance.token("admin"), PATIENCE_MS);
    await api("PUT", `/notification-targets/webhook/${name}`, { url: `${receiver.url}/messages` });
    await api("PUT", `/code/${name}`, pipeline.code);
    await api("PUT", `/pipelines/${name}`, pipeline.document);
  });
  afterAll(async () => {
    await receiver?.stop();
    await temporal?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    "a run in calm weather does everything",
    async () => {
      const begun = performance.now();
      const { id } = await api<{ id: string }>("POST", `/pipelines/${name}/runs`);
      const run = await endedRun(api, id, NO_PROGRESS_MS);
      expect(run.error).toBeNull();
      expect(run.status).toBe("succeeded");
      calm = id;
      pace = Math.max(1, (performance.now() - begun) / SWIFT_RUN_MS);
      console.log(
        `  a calm run takes ${Math.round(performance.now() - begun)} ms: strikes come ${pace.toFixed(1)} times slower`,
      );
    },
    NO_PROGRESS_MS,
  );

  it(
    "every run ends",
    async () => {
      const over = new AbortController();
      const begun = performance.now();
      const plan = stormPlan(seed, { carries: temporal !== undefined });
      const striking = strike(plan, target(), { pace, signal: over.signal });
      try {
        started = [calm, ...(await startAll())];
        await allEnded();
      } finally {
        over.abort();
        const hits = [...(await striking)].map(([victim, count]) => `${victim} ${count}`).join(", ");
        console.log(`  killed in ${Math.round((performance.now() - begun) / 1000)} s: ${hits || "nobody"}`);
      }
      await instance.recovered({ probes }, RECOVERY_MS);
      runs = await Promise.all(started.map((id) => api<Run>("GET", `/runs/${id}`)));
      const failed = runs.filter(({ status }) => status !== "succeeded");
      console.log(`  ${runs.length - failed.length} of ${runs.length} runs succeeded`);
      for (const { id, error } of failed) console.log(`  ${id}: ${error?.message}`);
      expect((await listed()).map(({ id }) => id).sort()).toEqual([...started].sort());
    },
    STORM_MS,
  );

  it("no attempt is left open, and each says what became of it", async () => {
    const records = databaseRecords(variables.CONTRACT_DATABASE_URL ?? "", name);
    expect(await records.open()).toEqual([]);
    for (const { tasks } of runs) {
      for (const task of tasks) expectHonestAttempts(task);
    }
    const open = async () => (await temporal?.openWorkflows()) ?? (await records.openWorkflows(started));
    await until("the ends of the workflows", 60_000, async () => {
      const ids = await open();
      if (ids.length > 0) throw new Error(ids.join(", "));
      return true;
    });
  });

  it("tables have each row once, written by one commit", async () => {
    const lake = lakeRecords(api);
    for (const [task, { table, rows: perRun, commits }] of Object.entries(pipeline.writers)) {
      const rows = await lake.rows(table);
      expect(new Set(rows.map((row) => JSON.stringify(row))).size, `rows of ${table}`).toBe(rows.length);
      const writers = await lake.writers(table);
      for (const run of runs) {
        const own = rows.filter(({ run_id }) => run_id === run.id).length;
        const made = writers.get(`run ${run.id}`) ?? 0;
        if (statusOf(run, task) === "succeeded") {
          expect({ run: run.id, table, own, made }).toEqual({
            run: run.id,
            table,
            own: perRun,
            made: commits,
          });
        } else {
          expect(own).toBeLessThanOrEqual(perRun);
          expect(made).toBeLessThanOrEqual(commits);
        }
      }
    }
    const { task, table } = pipeline.overwritten;
    const writers = await lake.writers(table);
    for (const run of runs) {
      const made = writers.get(`run ${run.id}`) ?? 0;
      expect(made).toBeGreaterThanOrEqual(statusOf(run, task) === "succeeded" ? 1 : 0);
      expect(made).toBeLessThanOrEqual(1);
    }
    const [last] = await lake.rows(table);
    expect(started).toContain(last?.run_id);
  });

  it("each request comes, and has one key however often it comes", () => {
    const calls = receiver.received.filter(({ path }) => path === "/calls");
    const callOf = callsByKey(calls);
    const called = [...callOf.values()];
    expect(new Set(called).size, "requests that came under two keys").toBe(called.length);
    for (const run of runs) {
      for (const task of pipeline.callers) {
        const status = statusOf(run, task);
        const came = called.includes(`${run.id} ${task}`);
        if (status === "succeeded") expect(came, `${task} of ${run.id}`).toBe(true);
        if (status === "skipped" || status === undefined) expect(came, `${task} of ${run.id}`).toBe(false);
      }
    }
    console.log(`  ${calls.length} requests of ${called.length} tasks`);
  });

  it("each job begins once, and none is left", async () => {
    const lines = readFileSync(trace, "utf8").trim().split("\n");
    expect(lines.length).toBe(new Set(lines).size);
    const begun = new Set(lines.map((line) => Object.values(JSON.parse(line) as object).join(" ")));
    for (const run of runs) {
      const task = run.tasks.find(({ taskId }) => taskId === "script");
      if (task?.status !== "succeeded") continue;
      expect(begun).toContain(`${run.id} script ${task.attempts.length}`);
    }
    const records = engineRecords({ trackerUrl, rayUrl });
    await until("the ends of all jobs and processes", 60_000, async () => {
      const jobs = (await Promise.all(started.map(records.liveJobs))).flat();
      const left = [...jobs, ...instance.leftOver()];
      if (left.length > 0) throw new Error(left.join("\n"));
      return true;
    });
    console.log(`  ${lines.length} jobs of ${runs.length} runs`);
  });

  it("of each run one message is sent, under one key", async () => {
    const records = databaseRecords(variables.CONTRACT_DATABASE_URL ?? "", name);
    const owed = await until("the messages", 180_000, async () => {
      const found = await records.deliveries();
      const waiting = found.filter(({ status }) => status !== "sent");
      if (waiting.length > 0) throw new Error(`${waiting.length} messages are not sent`);
      return found;
    });
    expect(owed.map(({ runId }) => runId).sort()).toEqual([...started].sort());
    const messages = receiver.received.filter(({ path }) => path === "/messages");
    const came = new Set(messages.map(({ key, body }) => `${key} ${(body.run as { id: string }).id}`));
    expect([...came].sort()).toEqual(owed.map(({ id, runId }) => `${id} ${runId}`).sort());
    console.log(`  ${messages.length} messages of ${owed.length} runs`);
  });

  const target = (): Target => ({
    standing: (victim) => (victim === "temporal" ? (temporal?.standing() ?? []) : instance.standing(victim)),
    kill: (victim) => (victim === "temporal" ? (temporal?.kill() ?? []) : instance.kill(victim)),
  });

  /** The runs of the pipeline, as its list has them. */
  const listed = async (): Promise<{ id: string; status: string }[]> => {
    const found: { id: string; status: string }[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const next: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const page: { items: typeof found; nextCursor: string | null } = await api(
        "GET",
        `/runs?pipelineId=${name}&limit=200${next}`,
      );
      found.push(...page.items);
      cursor = page.nextCursor;
    }
    return found;
  };
  const openRuns = async () => (await listed()).filter(({ status }) => !IS_FINAL.has(status));

  /** Starts all, a few at a time. */
  async function startAll(): Promise<string[]> {
    const ids: string[] = [];
    const startUntil = performance.now() + MINUTES * 60_000;
    while (ids.length < RUNS && performance.now() < startUntil) {
      await fewerThan(MOST_OPEN);
      const { id } = await api<{ id: string }>("POST", `/pipelines/${name}/runs`);
      ids.push(id);
    }
    return ids;
  }

  const allEnded = () => fewerThan(1);

  /** Resolves when fewer runs than `count` are open. Fails where none ends for long. */
  async function fewerThan(count: number): Promise<void> {
    let last = Number.NaN;
    let isThere = false;
    while (!isThere) {
      await until(`runs to end (${last} are open)`, NO_PROGRESS_MS * pace, async () => {
        const open = await openRuns();
        isThere = open.length < count;
        const moved = isThere || open.length !== last;
        last = open.length;
        return moved || undefined;
      }).catch(async (error: Error) => {
        throw new Error(`${error.message}\n${(await Promise.all((await openRuns()).map(told))).join("\n")}`);
      });
    }
  }

  async function told({ id }: { id: string }): Promise<string> {
    const run = await api<Run>("GET", `/runs/${id}`);
    const tasks = run.tasks.map(({ taskId, status, attempts }) => `${taskId} ${status} ${attempts.length}`);
    return `${id} ${run.status}: ${tasks.join(", ")}`;
  }
});

/** What was asked for under each key; fails where one key stands for two requests. */
function callsByKey(calls: readonly { key: string; body: Record<string, unknown> }[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { key, body } of calls) {
    const call = `${body.run} ${body.task}`;
    expect(key).not.toBe("");
    expect(found.get(key) ?? call).toBe(call);
    found.set(key, call);
  }
  return found;
}

const statusOf = (run: Run, taskId: string): string | undefined =>
  run.tasks.find((task) => task.taskId === taskId)?.status;
