import { availableParallelism } from "node:os";
import type { RunActs } from "../domain/pipelines/interpreter/run-acts";
import type { RunDriver } from "../domain/ports/run-driver";
import type { OpenSecrets } from "./carry-sources";
import type { Composition } from "./composition";
import { listenTo } from "./engines/postgres/listen-to";
import {
  admission,
  admissionRows,
  childRuns,
  NUDGES,
  patient,
  prismaPipelineStore,
  prismaTaskSources,
  runActs,
  runWatch,
  slotRows,
  slots,
} from "./pipelines/index";
import { prismaSourceStore, prismaSyncStore, syncsForTasks } from "./sources/index";

const CLUSTER_WAIT_MS = 10 * 60_000;
const POLL_MS = 150;
/** Ends of runs are seen this soon by the work that belongs to them. */
const WATCH_MS = 400;
const SLOTS_MS = 500;
/** How soon a run is seen of which nobody told. */
const ADMIT_MS = 1_000;
/** What this process carries, it knows; a server has to be asked run by run. */
const LOOK_AGAIN_MS = 60_000;
const LOOK_AT_TEMPORAL_MS = 15 * 60_000;

type Options = {
  secrets: OpenSecrets;
  report(error: unknown): void;
  databaseWaitMs: number;
  /** Folder with `workbench_jobs/`. */
  frameworkDir: string;
};

/** What carries the runs of pipelines: `acts` for the driver, and what is to be repeated. */
export function carryRuns(
  parts: Composition,
  driver: RunDriver,
  { secrets, report, databaseWaitMs, frameworkDir }: Options,
): { acts: RunActs; admit(signal: AbortSignal): Promise<void>; sweep(): Promise<void> } {
  const { db, clock, env, jobRunner } = parts;
  const waits = { limitMs: databaseWaitMs };
  const store = patient(prismaPipelineStore(db), waits);
  const watch = runWatch({ store, everyMs: WATCH_MS, report });
  const admitted = admission({
    admission: admissionRows(db),
    store,
    driver,
    clock,
    everyMs: ADMIT_MS,
    lookAgainMs: env.TEMPORAL_ADDRESS === undefined ? LOOK_AGAIN_MS : LOOK_AT_TEMPORAL_MS,
    report,
  });
  const acts = runActs({
    store,
    sources: patient(prismaTaskSources(db), waits),
    queryEngine: parts.queryEngine,
    sqlLanguage: parts.sqlLanguage,
    tableCatalog: patient(parts.tableCatalog, waits),
    lakeAdmin: patient(parts.lakeAdmin, waits),
    jobRunner,
    jobFiles: parts.jobFiles,
    tracker: parts.tracker,
    syncs: syncsForTasks({
      sources: patient(prismaSourceStore(db), waits),
      syncs: patient(prismaSyncStore(db), waits),
      workflows: parts.workflows,
      clock,
    }),
    runs: childRuns({ store, watch, runDriver: driver, jobRunner, clock }),
    http: parts.httpClient,
    secrets,
    clock,
    jobs: {
      frameworkDir,
      cores: availableParallelism(),
      clusterWaitMs: CLUSTER_WAIT_MS,
      pollMs: POLL_MS,
    },
    report,
    watch,
    slots: slots({ store: patient(slotRows(db), waits), clock, everyMs: SLOTS_MS, report }),
  });
  return {
    // A run that ended makes room for the next one.
    acts: { ...acts, endRun: (...end) => acts.endRun(...end).then(admitted.nudge) },
    admit: async (signal) => {
      await Promise.all([admitted.run(signal), listenTo(env.DATABASE_URL, NUDGES, admitted.nudge, signal)]);
    },
    sweep: admitted.sweep,
  };
}
