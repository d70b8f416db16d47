import { setTimeout as sleep } from "node:timers/promises";
import type { PipelineTask } from "../../../domain/pipelines/document/pipeline-document";
import { parseDuration } from "../../../domain/pipelines/parse-duration";
import type { TaskExecutor, TaskSockets, TaskWork } from "../task-executor";
import { TaskFailed } from "../task-failed";
import type { StartedSync, SyncProgress } from "./sync-starter";

type IngestionTrigger = Extract<PipelineTask, { type: "ingestion_trigger" }>;
type Followed = { sync: StartedSync; progress: SyncProgress };

/** Syncs connections, all at the same time, and waits until each has ended. */
export const ingestionTrigger: TaskExecutor<IngestionTrigger> = async ({ config }, work, sockets) => {
  const { syncs } = sockets;
  const { workspaceId, number } = work.run;
  const started = await work.step("start", () =>
    Promise.all(
      config.connections.map((connection) => {
        const key = `${work.idempotencyKey}:${work.key.attempt}`;
        return syncs.start(workspaceId, connection, key, `${work.run.pipelineId} run ${number}`);
      }),
    ),
  );
  work.note(0, `INFO syncing ${config.connections.join(", ")}`);
  const values = { syncs: started.map(({ id, connection }) => ({ id, connection })) };
  if (!config.wait_for_completion) return { values };
  const timeout = config.timeout === undefined ? null : AbortSignal.timeout(parseDuration(config.timeout));
  const signal = timeout === null ? work.signal : AbortSignal.any([work.signal, timeout]);
  try {
    const ended = await untilEnded(started, work, sockets, signal);
    const failed = ended.find(({ progress }) => !progress.hasSucceeded);
    if (failed !== undefined) throw notSynced(failed);
    const tables = ended.flatMap(({ progress }) => progress.tables);
    const rows = tables.reduce((sum, { rowCount }) => sum + rowCount, 0);
    work.progress(`synced ${rows.toLocaleString("en-US")} rows`);
    work.note(1, `INFO synced ${rows.toLocaleString("en-US")} rows`);
    return { tables, values: { ...values, rows } };
  } catch (error) {
    if (signal.aborted) await cancelAll(started, work, sockets);
    if (timeout?.aborted === true && !work.signal.aborted) throw tooLong(config.timeout ?? "");
    throw error;
  }
};

async function untilEnded(
  started: StartedSync[],
  work: TaskWork,
  { syncs, jobs }: TaskSockets,
  signal: AbortSignal,
): Promise<Followed[]> {
  for (;;) {
    signal.throwIfAborted();
    const now = await Promise.all(
      started.map(async (sync) => ({ sync, progress: await syncs.progress(sync.id) })),
    );
    const open = now.filter(({ progress }) => !progress.isEnded);
    if (open.length === 0) return now;
    const rows = now.reduce((sum, { progress }) => sum + progress.rows, 0);
    const names = open.map(({ sync }) => sync.connection).join(", ");
    work.progress(`${rows.toLocaleString("en-US")} rows so far; syncing ${names}`);
    await sleep(jobs.pollMs * 2, undefined, { signal });
  }
}

/** A sync that others started goes on for them. */
async function cancelAll(started: StartedSync[], work: TaskWork, { syncs, report }: TaskSockets) {
  const own = started.filter(({ isShared }) => !isShared);
  await Promise.all(
    own.map(({ id }) => syncs.cancel(id, `run ${work.run.number} of ${work.run.pipelineId}`).catch(report)),
  );
}

const notSynced = ({ sync: { connection }, progress: { error, hint } }: Followed): TaskFailed =>
  new TaskFailed({
    code: "engine_failed",
    message: `${connection} was not synced: ${error ?? "the sync was cancelled."}`,
    hint: hint ?? "The connection's page shows the sync and its log.",
    detail: null,
  });

const tooLong = (timeout: string): TaskFailed =>
  new TaskFailed({
    code: "timed_out",
    message: `The syncs took longer than ${timeout}.`,
    hint: "Raise the timeout of the task's config, or sync less.",
    detail: null,
  });
