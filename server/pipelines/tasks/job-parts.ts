import { createHash } from "node:crypto";
import { join } from "node:path";
import type { JobRunner } from "../../../domain/ports/job-runner";
import { Failure } from "../../../domain/shared/failure";
import { type Files, readPythonFiles, unzipFiles } from "../job-package";
import type { AttemptKey } from "../running/execution-store";
import { rememberTable } from "../running/roll-back-task";
import type { TaskSockets, TaskWork } from "../task-executor";
import { TaskFailed } from "../task-failed";
import type { JobResult } from "./job-result";

/** The job of an attempt. A map's child has brackets in its id, which no cluster takes. */
export function jobIdOf({ runId, taskId, attempt }: AttemptKey): string {
  if (/^[\w-]+$/.test(taskId)) return `${runId}-${taskId}-${attempt}`;
  const mark = createHash("sha256").update(taskId).digest("hex").slice(0, 8);
  return `${runId}-${taskId.replaceAll(/[^\w-]+/g, "-")}${mark}-${attempt}`;
}

/** A job of an earlier attempt may still run where the cluster was only out of reach. */
export async function stopEarlierAttempts({ key }: TaskWork, jobRunner: JobRunner): Promise<void> {
  for (let attempt = 1; attempt < key.attempt; attempt += 1) {
    await jobRunner.stop(jobIdOf({ ...key, attempt })).catch(() => undefined);
  }
}

/** Exactly the secrets that the task names, for its job alone: they are in no record of the run. */
export async function jobSecrets(
  named: readonly string[] | undefined,
  { run }: TaskWork,
  sockets: TaskSockets,
): Promise<Map<string, string>> {
  const names = [...new Set(named ?? [])];
  return names.length === 0 ? new Map<string, string>() : sockets.secrets.open(run.workspaceId, names);
}

/** The files of the package that `script` names, below a folder of the package's name. */
export async function userCode(script: string, work: TaskWork, { sources }: TaskSockets): Promise<Files> {
  const [name = "", ...rest] = script.split("/");
  const stored = await sources.codePackage(work.run.workspaceId, name);
  if (stored === null) {
    throw new Failure("not_found", `There is no code package ${name}.`, {
      hint: "Upload it under Code, or PUT /api/v1/code/<name>.",
    });
  }
  work.reads({ kind: "code", name, version: stored.contentHash });
  const files = unzipFiles(stored.bytes);
  if (files[rest.join("/")] === undefined) {
    throw new Failure("not_found", `The code package ${name} has no file ${rest.join("/")}.`, {
      hint: `Its files: ${Object.keys(files).sort().slice(0, 20).join(", ")}.`,
    });
  }
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`${name}/${path}`, bytes]));
}

/** What every job carries beside its own code. */
export async function frameworkFiles({ jobs }: TaskSockets): Promise<Files> {
  const framework = await readPythonFiles(join(jobs.frameworkDir, "workbench_jobs"), "workbench_jobs");
  const schemas = await readPythonFiles(join(jobs.frameworkDir, "schemas"), "schemas").catch(() => ({}));
  return { ...schemas, ...framework };
}

/** What the job writes each of its tables by. */
export async function stagedTables(
  tables: Readonly<Record<string, string>>,
  work: TaskWork,
  { tableCatalog, jobFiles }: TaskSockets,
): Promise<Record<string, string>> {
  const outputs: Record<string, string> = {};
  for (const [key, table] of Object.entries(tables)) {
    const staged = await tableCatalog.stage(work.run.workspaceId, table, work.idempotencyKey);
    outputs[key] = await jobFiles.forWriting(staged);
  }
  return outputs;
}

/** Makes the tables that a job wrote visible. */
export async function commitTables(
  tables: Readonly<Record<string, string>>,
  result: JobResult,
  work: TaskWork,
  sockets: TaskSockets,
): Promise<{ name: string; rowCount: number }[]> {
  const committed: { name: string; rowCount: number }[] = [];
  for (const [key, name] of Object.entries(tables)) {
    const written = result.tables[key];
    if (written === undefined) {
      throw new TaskFailed({
        code: "engine_failed",
        message: `The script did not write the table ${key}.`,
        hint: `Write it by write_table("${key}", table), or remove it from output_tables.`,
        detail: null,
      });
    }
    await rememberTable(work, sockets, name);
    await sockets.tableCatalog.commit(work.run.workspaceId, {
      name,
      writtenBy: `run ${work.run.id}`,
      kind: "run",
      idempotencyKey: work.idempotencyKey,
    });
    committed.push({ name, rowCount: written.row_count });
  }
  return committed;
}
