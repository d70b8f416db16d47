import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, patientApi } from "./api";
import { type Instance, runningInstance, until } from "./instance";
import type { Victim } from "./kill-plan";
import { beginnings, endedRun } from "./records";

// biome-ignore lint/style/noProcessEnv: these tests are told by it which instance is theirs to kill.
const variables = process.env;
const baseUrl = variables.BENCHWRIGHT_URL ?? "";
const probes = [`${baseUrl}/api/v1/health`, `${variables.CONTRACT_RAY_ADDRESS ?? ""}/api/jobs/`];
const RECOVERY_MS = 120_000;
const RUN_MS = 4 * 60_000;

/** Leaves a line when it begins, and goes on until it is let go. */
const SCRIPT = `
import json
import time
from pathlib import Path

from workbench_jobs import task

parameters = task.parameters()
spec = json.loads(Path("spec.json").read_text())
with Path(parameters["trace"]).open("a") as file:
    file.write(json.dumps({key: spec[key] for key in ("run_id", "task_id", "attempt")}) + "\\n")
while not Path(parameters["goes"]).exists():
    time.sleep(0.1)
`;

describe("a job that has begun, and of which that is not kept yet", () => {
  const name = `begins_once_${randomInt(2 ** 31)}`;
  const folder = mkdtempSync(join(tmpdir(), "begins-once-"));
  const trace = join(folder, "trace.jsonl");
  const goes = join(folder, "goes");
  let instance: Instance;
  let api: Api;

  beforeAll(async () => {
    instance = runningInstance(variables.BENCHWRIGHT_DATA ?? "");
    await instance.recovered({ probes }, RECOVERY_MS);
    api = patientApi(baseUrl, instance.token("engineer"));
    await api("PUT", `/code/${name}`, zipSync({ "script.py": strToU8(SCRIPT) }));
    const config = { script: `${name}/script.py`, parameters: { trace, goes } };
    const tasks = [{ task_id: "script", type: "python", config }];
    await api("PUT", `/pipelines/${name}`, { pipeline_id: name, name: "Begins once", tasks });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A run whose job has begun, and whose worker died before it could keep that. */
  async function cutOff(alsoKilled: readonly Victim[]): Promise<string> {
    writeFileSync(trace, "");
    rmSync(goes, { force: true });
    const records = await heldSteps(variables.CONTRACT_DATABASE_URL ?? "");
    try {
      const { id } = await api<{ id: string }>("POST", `/pipelines/${name}/runs`);
      await until("the beginning of the script", RUN_MS, async () => beginnings(trace, id)[0]);
      await until("the worker to keep it", RUN_MS, async () => (await records.waiting()) > 0 || undefined);
      for (const victim of ["worker" as const, ...alsoKilled]) expect(instance.kill(victim)).not.toEqual([]);
      return id;
    } finally {
      await records.letGo();
    }
  }

  it("goes on where its cluster lives", async () => {
    const id = await cutOff([]);
    writeFileSync(goes, "");
    const run = await endedRun(api, id, RUN_MS);
    expect(run.error).toBeNull();
    expect(run.tasks[0]?.attempts).toMatchObject([{ status: "succeeded" }]);
    expect(beginnings(trace, id)).toEqual([`${id} script 1`]);
  });

  it("does not begin again where its cluster died: another attempt does", async () => {
    const id = await cutOff(["ray head"]);
    writeFileSync(goes, "");
    const run = await endedRun(api, id, RUN_MS);
    expect(run.error).toBeNull();
    expect(run.tasks[0]?.attempts).toMatchObject([
      { status: "failed", error: { message: expect.stringContaining("begins once in an attempt") } },
      { status: "succeeded" },
    ]);
    expect(beginnings(trace, id)).toEqual([`${id} script 1`, `${id} script 2`]);
  });
});

/** Keeps the instance from recording the steps of attempts, until it is let go; those that wait then are never made. */
async function heldSteps(server: string) {
  const address = Object.assign(new URL(server), { pathname: "/benchwright" });
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE "AttemptStep" IN EXCLUSIVE MODE`);
  const BLOCKED = "FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))";
  const waiting = async (): Promise<number> =>
    (await client.query<{ count: number }>(`SELECT count(*)::int ${BLOCKED}`)).rows[0]?.count ?? 0;
  return {
    waiting,
    letGo: async (): Promise<void> => {
      await client.query(`SELECT pg_terminate_backend(pid) ${BLOCKED}`);
      await until("the ends of those that wait", 10_000, async () => (await waiting()) === 0 || undefined);
      await client.end();
    },
  };
}
