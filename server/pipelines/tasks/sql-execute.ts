import type { PipelineTask } from "../../../domain/pipelines/pipeline-document";
import { Failure } from "../../../domain/shared/failure";
import { pinStatement } from "../../lakehouse/index";
import type { TaskExecutor, TaskSockets, TaskWork } from "../task-executor";

type SqlExecute = Extract<PipelineTask, { type: "sql_execute" }>;

/** Writes the result of a statement as the next version of a table. */
export const sqlExecute: TaskExecutor<SqlExecute> = async (task, work, sockets) => {
  const { workspaceId } = work.run;
  const { target_table: target } = task.config;
  const written = await work.step("write", async (signal) => {
    const sql = await statement(task, work, sockets);
    await note(work, sockets, 0, `INFO writing ${target}`);
    await work.progress(`writing ${target}`);
    const pinned = await pinStatement(sockets, { sql, workspaceId, now: sockets.clock.now() });
    const path = await sockets.tableCatalog.stage(workspaceId, target, work.idempotencyKey);
    return sockets.queryEngine.writeParquet(pinned.sql, path, { tables: pinned.tables, signal });
  });
  return work.step("commit", async () => {
    const { branch } = task.config;
    await sockets.tableCatalog.commit(workspaceId, {
      name: target,
      writtenBy: `run ${work.run.id}`,
      kind: "run",
      idempotencyKey: work.idempotencyKey,
      ...(branch === undefined ? {} : { branch }),
    });
    const done = `wrote ${written.rowCount.toLocaleString("en-US")} rows to ${target}${task.config.branch === undefined ? "" : ` on its branch ${task.config.branch}`}`;
    await note(work, sockets, 1, `INFO ${done}`);
    await work.progress(done);
    return { tables: [{ name: target, rowCount: written.rowCount }] };
  });
};

async function statement({ config }: SqlExecute, work: TaskWork, sockets: TaskSockets): Promise<string> {
  if (config.sql !== undefined) return config.sql;
  const name = config.query_ref as string;
  const saved = await sockets.sources.savedQuery(work.run.workspaceId, name);
  if (saved !== null) return saved.sql;
  throw new Failure("not_found", `There is no saved query ${name}.`, {
    hint: "Save the query under this name, or write the statement into the task as sql.",
  });
}

/** The line's place is fixed, so that a repeated step writes it once. */
const note = (work: TaskWork, { store, clock }: TaskSockets, seq: number, text: string): Promise<void> =>
  store.appendLog(work.key, [{ seq, at: clock.now(), level: "info", text }]);
