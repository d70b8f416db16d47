import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { RunDriver } from "../domain/ports/run-driver";
import type { WorkflowRunner } from "../domain/ports/workflow-runner";
import { carryRuns } from "./carry-runs";
import { carrySources, workspaceSecrets } from "./carry-sources";
import { carryTriggers } from "./carry-triggers";
import { type Composition, composition } from "./composition";
import { dbosRunDriver } from "./engines/dbos/dbos-run-driver";
import { type DbosProcess, dbosWorkflowRunner } from "./engines/dbos/dbos-workflow-runner";
import { listenTo } from "./engines/postgres/listen-to";
import { temporalRunDriver } from "./engines/temporal/temporal-run-driver";
import { patient } from "./pipelines/index";
import { ensureSample } from "./sample/ensure-sample";

/** The repository: this file lies one folder deep, as source and when built. */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
/** Raised only where workflows of an older version must not go on. */
const WORKFLOW_VERSION = "1";
const DATABASE_WAIT_MS = 10 * 60_000;
const POLL_MS = 150;
const SWEEP_MS = 10_000;
const SCHEDULE_MS = 1_000;
const SAMPLE_RETRY_MS = 5_000;
const SHUTDOWN_MS = 8_000;

const say = (line: string) => console.log(`${new Date().toISOString()} ${line}`);
const report = (error: unknown) => console.error(new Date().toISOString(), error);

/** Carries runs forward: holds the workflows, and loads the sample data. */
async function main(): Promise<void> {
  const parts = composition();
  const stopping = new AbortController();
  const workflows = dbosWorkflowRunner({
    databaseUrl: parts.env.DBOS_DATABASE_URL,
    applicationVersion: WORKFLOW_VERSION,
    listen: (...how) => listenTo(parts.env.DBOS_DATABASE_URL, ...how),
  });
  const secrets = workspaceSecrets(parts, DATABASE_WAIT_MS);
  const driver = runDriverOf(parts.env, workflows);
  const runs = carryRuns(parts, driver, {
    secrets,
    report,
    databaseWaitMs: DATABASE_WAIT_MS,
    frameworkDir: join(ROOT, "jobs"),
  });
  const sources = carrySources(parts, workflows, {
    secrets,
    report,
    pollMs: POLL_MS,
    databaseWaitMs: DATABASE_WAIT_MS,
  });

  const triggers = carryTriggers(parts, { report, databaseWaitMs: DATABASE_WAIT_MS });

  leaveWithParent(stopping, () => close(parts, workflows, driver));
  // Killed together with the database, the worker is here before it.
  await patient(answering(parts.db), { limitMs: DATABASE_WAIT_MS }).answers();
  await workflows.launch();
  // Temporal may come up later: what else the worker does need not wait for it.
  void driver.serve(runs.acts).catch(report);
  say("worker ready");
  process.send?.({ type: "ready" });
  await Promise.all([
    runs.admit(stopping.signal),
    repeat(stopping.signal, SWEEP_MS, async () => {
      await runs.sweep();
      await sources.sweep();
      return false;
    }),
    repeat(stopping.signal, SCHEDULE_MS, async () => {
      await sources.tick();
      return false;
    }),
    repeat(stopping.signal, SCHEDULE_MS, async () => {
      await triggers.tick();
      return false;
    }),
    repeat(stopping.signal, SCHEDULE_MS, async () => {
      await triggers.deliver();
      return false;
    }),
    repeat(stopping.signal, SAMPLE_RETRY_MS, () => loadSample(parts)),
  ]);
}

const answering = (db: Composition["db"]) => ({ answers: async () => void (await db.$queryRaw`SELECT 1`) });

/** Temporal where the environment names one, the database otherwise. */
function runDriverOf(env: Composition["env"], workflows: WorkflowRunner & DbosProcess): RunDriver {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = env;
  if (address === undefined) return dbosRunDriver(workflows, { report });
  const workflowsPath = join(ROOT, "server/engines/temporal/workflows/carry-run.ts");
  return temporalRunDriver({ address, namespace, workflowsPath, report });
}

async function loadSample(parts: Composition): Promise<boolean> {
  const dataDir = parts.env.BENCHWRIGHT_SAMPLE_DIR ?? null;
  const done = await ensureSample(parts, { dataDir, assetsDir: join(ROOT, "samples", "demand-forecast") });
  if (done) say("sample data loaded");
  // Without a folder there is nothing to wait for: the supervisor starts the worker anew once there is one.
  return done || dataDir === null;
}

/** Runs `act` until it returns true or `signal` aborts. Its failures are logged and do not end the repetition. */
async function repeat(signal: AbortSignal, everyMs: number, act: () => Promise<boolean>): Promise<void> {
  while (!signal.aborted) {
    try {
      if (await act()) return;
    } catch (error) {
      report(error);
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

type Closable = { close(): Promise<void> };

async function close(parts: Composition, workflows: Closable, driver: Closable): Promise<void> {
  const { queryEngine, workflows: client, runDriver } = parts;
  await Promise.allSettled([workflows, driver, queryEngine, client, runDriver].map((each) => each.close()));
  await parts.db.$disconnect().catch(report);
}

/** On a signal, or when the supervisor is gone, work is put down where it stands: the next worker goes on with it. */
function leaveWithParent(stopping: AbortController, shutDown: () => Promise<void>): void {
  const leave = async () => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    setTimeout(() => process.exit(0), SHUTDOWN_MS).unref();
    await shutDown();
    process.exit(0);
  };
  process.on("SIGTERM", () => void leave());
  process.on("SIGINT", () => void leave());
  // The channel closes when the supervisor dies, however it dies.
  if (process.send !== undefined) process.on("disconnect", () => process.exit(0));
  process.on("unhandledRejection", report);
}

main().catch((error: unknown) => {
  report(error);
  process.exit(1);
});
