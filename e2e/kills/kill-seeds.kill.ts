import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, patientApi } from "./api";
import { expectClear, expectHonestAttempts } from "./honest";
import { type Instance, runningInstance, until } from "./instance";
import { killPlan, type Victim } from "./kill-plan";
import { beginnings, endedRun, engineRecords, type Run, type Task, tablesNow } from "./records";
import { smallPipeline } from "./small-pipeline";

// biome-ignore lint/style/noProcessEnv: these tests are told by it which instance is theirs to kill.
const variables = process.env;
const seed = Number(variables.BENCHWRIGHT_KILL_SEED || randomInt(2 ** 31));
const kills = killPlan(seed, Number(variables.BENCHWRIGHT_KILLS || 5));
const baseUrl = variables.BENCHWRIGHT_URL ?? "";
const rayUrl = variables.CONTRACT_RAY_ADDRESS ?? "";
const trackerUrl = variables.CONTRACT_MLFLOW_TRACKING_URI ?? "";
const probes = [`${baseUrl}/api/v1/health`, `${rayUrl}/api/jobs/`, `${trackerUrl}/health`];
const RECOVERY_MS = 120_000;
const RUN_MS = 4 * 60_000;
/** These ends of a process cost a job nothing: the attempt that was under way goes on. */
const SPARES_THE_JOB = new Set<Victim>(["worker", "web", "database"]);

console.log(
  `kill seed ${seed} (repeat it with BENCHWRIGHT_KILL_SEED=${seed} BENCHWRIGHT_KILLS=${kills.length})`,
);

describe(`kill seed ${seed}`, () => {
  const name = `kills_${seed}`;
  const folder = mkdtempSync(join(tmpdir(), "kill-seeds-"));
  const trace = join(folder, "trace.jsonl");
  const pipeline = smallPipeline(name, trace);
  const records = engineRecords({ trackerUrl, rayUrl });
  let instance: Instance;
  let api: Api;
  let undisturbedMs: Record<string, number> = {};

  beforeAll(async () => {
    writeFileSync(trace, "");
    instance = runningInstance(variables.BENCHWRIGHT_DATA ?? "");
    await instance.recovered({ probes }, RECOVERY_MS);
    api = patientApi(baseUrl, instance.token("engineer"));
    await api("PUT", `/code/${name}`, pipeline.code);
    await api("PUT", `/pipelines/${name}`, pipeline.document);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const start = async (): Promise<string> => {
    const { id } = await api<{ id: string }>("POST", `/pipelines/${name}/runs`);
    return id;
  };

  it("a run that nobody disturbs does everything once", async () => {
    const before = await tablesNow(api);
    const run = await endedRun(api, await start(), RUN_MS);
    expect(run.error).toBeNull();
    expect(run.status).toBe("succeeded");
    await expectHonest(run, before);
    expect(attemptCounts(run)).toEqual([1, 1, 1, 1]);
    // The first run also warms the cluster up: how long one takes is what the second takes.
    undisturbedMs = durations(await endedRun(api, await start(), RUN_MS));
    console.log(`  undisturbed: ${JSON.stringify(undisturbedMs)} ms`);
  });

  it.each(kills)("kill $number: the $victim after $share of $during", async ({ victim, during, share }) => {
    const before = await tablesNow(api);
    const runId = await start();
    await until(`the start of ${during}`, RUN_MS, async () => {
      const { tasks } = await api<Run>("GET", `/runs/${runId}`);
      return tasks.some((task) => task.taskId === during && task.startedAt !== null) || undefined;
    });
    await pause(share * (undisturbedMs[during] ?? 0));
    const at = await api<Run>("GET", `/runs/${runId}`);
    const killed = instance.kill(victim);
    expect(killed).not.toEqual([]);
    const run = await endedRun(api, runId, RUN_MS);
    console.log(
      `  ${victim} killed while ${stateOf(at)}; ${stateOf(run)}${run.error === null ? "" : `: ${run.error.message}`}`,
    );
    await instance.recovered({ probes, victim, killed }, RECOVERY_MS);
    await expectHonest(run, before);
    if (SPARES_THE_JOB.has(victim)) {
      expect(run.status).toBe("succeeded");
      expect(attemptCounts(run)).toEqual([1, 1, 1, 1]);
    }
  });

  /** The run ended in words, and every effect of it is there once, or not at all where its task did not succeed. */
  async function expectHonest(run: Run, before: Awaited<ReturnType<typeof tablesNow>>): Promise<void> {
    if (run.status === "succeeded") expect(run.error).toBeNull();
    else expectClear(run.status, run.error);
    for (const task of run.tasks) expectHonestAttempts(task);
    const begun = beginnings(trace, run.id);
    expect(begun).toEqual([...new Set(begun)]);

    const after = await tablesNow(api);
    for (const [taskId, table] of Object.entries(pipeline.writers)) {
      const made = (after[table]?.version ?? 0) - (before[table]?.version ?? 0);
      const succeeded = taskOf(run, taskId).status === "succeeded";
      expect(made, `versions of ${table}`).toBeGreaterThanOrEqual(succeeded ? 1 : 0);
      expect(made, `versions of ${table}`).toBeLessThanOrEqual(1);
      if (succeeded) {
        expect(after[table]).toMatchObject({
          rowCount: pipeline.rowCounts[table],
          writtenBy: `run ${run.id}`,
        });
      }
    }

    const training = taskOf(run, "training");
    const tracked = await records.mlflowRuns(name, run.id);
    const live = tracked.filter(({ tags }) => tags["benchwright.superseded_by"] === undefined);
    expect(live.length, "runs at the tracker that nothing supersedes").toBeLessThanOrEqual(1);
    expect(tracked.filter(({ status }) => status === "RUNNING")).toEqual([]);
    if (training.status === "succeeded") {
      expect(live).toMatchObject([{ id: training.outputs.mlflow?.runId, status: "FINISHED" }]);
      expect(await records.modelVersions(name, run.id)).toBe(1);
    }
    expect(await records.liveJobs(run.id)).toEqual([]);
  }
});

/** Milliseconds of each task by its id. */
const durations = (run: Run): Record<string, number> =>
  Object.fromEntries(
    run.tasks.map(({ taskId, startedAt, endedAt }) => [
      taskId,
      Date.parse(endedAt ?? "") - Date.parse(startedAt ?? ""),
    ]),
  );
const attemptCounts = (run: Run): number[] => run.tasks.map(({ attempts }) => attempts.length);
const stateOf = (run: Run): string =>
  `${run.status} (${run.tasks.map((task) => `${task.taskId} ${task.status} ${task.attempts.length}`).join(", ")})`;

function taskOf(run: Run, taskId: string): Task {
  const found = run.tasks.find((task) => task.taskId === taskId);
  if (found === undefined) throw new Error(`The run has no task ${taskId}.`);
  return found;
}
