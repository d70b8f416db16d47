import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { parsePipeline } from "../../domain/pipelines/document/parse-pipeline";
import { isFinal } from "../../domain/shared/is-final";
import { memoryLake } from "../engines/memory/lake";
import { pipelineWorld } from "./pipeline-world";
import { actingScope } from "./running/acting-scope";
import { startRun } from "./start-run";

const CANARY = "open-sesame-canary";
const task = (id: string, type: string, config: object, more = {}) => ({
  task_id: id,
  type,
  config,
  ...more,
});
const DOCUMENT = {
  pipeline_id: "p",
  name: "P",
  tasks: [
    task("features", "sql_execute", {
      sql: "SELECT 1",
      target_table: "analytics.derived.f",
      write_mode: "overwrite",
    }),
    task(
      "train",
      "ray_train",
      {
        training_script: "code/train.py",
        dataset: "analytics.derived.f",
        ray_config: { num_workers: 1, resources_per_worker: { CPU: 1 } },
        hyperparameters: {},
        mlflow_experiment: "e",
        secrets: ["API_KEY"],
      },
      { depends_on: ["features"] },
    ),
  ],
};

async function ran(world: Awaited<ReturnType<typeof pipelineWorld>>) {
  const parsed = parsePipeline(DOCUMENT);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  await world.store.savePipeline("w", parsed.document, false, "Ann");
  const scope = actingScope(world);
  const { id } = await startRun(scope, { pipelineId: "p" });
  const giveUpAt = Date.now() + 8_000;
  for (;;) {
    const run = await world.store.run(id);
    if (run !== null && isFinal(run.status)) return run;
    if (Date.now() > giveUpAt) throw new Error(`not ended: ${world.bugs.map(String).join()}`);
    await sleep(2);
  }
}

describe("the secrets of a job", () => {
  it("are those that the task names, and nowhere but in the job's environment", async () => {
    const world = await pipelineWorld(memoryLake());
    world.secrets.set("API_KEY", CANARY).set("OTHER", "other-canary");
    world.behaviour.job = () => ({
      log: `INFO key ${CANARY}\n`,
      status: "failed",
      message: `The driver said ${CANARY}.`,
    });
    const run = await ran(world);
    const [job] = [...world.jobs.values()];
    expect(job?.env).toMatchObject({ API_KEY: CANARY, PYTHONUNBUFFERED: "1" });
    expect(JSON.stringify(job?.env)).not.toContain("other-canary");
    const log = await world.store.logLines({ runId: run.id, taskId: "train", limit: 100 });
    expect(log.map(({ text }) => text)).toEqual(["INFO key ******"]);
    expect(run.error?.message).toContain("******");
    const recorded = [run, log, [...world.workflows.values()].map((each) => [...each.steps])];
    expect(JSON.stringify(recorded)).not.toContain(CANARY);
  });

  it("end the job where one of them is gone before its log is read", async () => {
    const world = await pipelineWorld(memoryLake());
    world.secrets.set("API_KEY", CANARY);
    const stopped: string[] = [];
    const { jobRunner } = world.sockets;
    if (jobRunner === null) throw new Error("The world has no cluster.");
    world.sockets.jobRunner = {
      ...jobRunner,
      submit: async (job) => {
        await jobRunner.submit(job);
        world.secrets.delete("API_KEY");
      },
      stop: async (id) => {
        stopped.push(id);
        await jobRunner.stop(id);
      },
    };
    const run = await ran(world);
    expect(run.error).toMatchObject({ code: "invalid_input", message: expect.stringContaining("API_KEY") });
    expect(stopped).toEqual([...world.jobs.keys()]);
  });

  it("are asked for by name where they are not set", async () => {
    const world = await pipelineWorld(memoryLake());
    const run = await ran(world);
    expect(run.error).toMatchObject({ code: "invalid_input", message: expect.stringContaining("API_KEY") });
    expect(world.jobs.size).toBe(0);
  });
});
