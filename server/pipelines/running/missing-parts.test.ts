import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { parsePipeline } from "../../../domain/pipelines/document/parse-pipeline";
import { isFinal } from "../../../domain/shared/is-final";
import { memoryLake } from "../../engines/memory/lake";
import { pipelineWorld } from "../pipeline-world";
import { startRun } from "../start-run";
import { actingScope } from "./acting-scope";

const GIVE_UP_MS = 60_000;

/** Starts a run of one script on the cluster; `until` returns its state once it `is` so. */
async function begun(script: string) {
  const world = await pipelineWorld(memoryLake());
  const tasks = [{ task_id: "work", type: "python", config: { script } }];
  const parsed = parsePipeline({ pipeline_id: "p", name: "P", tasks });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  await world.store.savePipeline("w", parsed.document, false, "Ann");
  const scope = actingScope(world);
  type Run = NonNullable<Awaited<ReturnType<typeof world.store.run>>>;
  const start = async () => {
    const { id } = await startRun(scope, { pipelineId: "p" });
    const giveUpAt = Date.now() + GIVE_UP_MS;
    return async (is: (run: Run) => boolean): Promise<Run> => {
      for (;;) {
        const run = await world.store.run(id);
        if (run !== null && is(run)) return run;
        if (Date.now() > giveUpAt) throw new Error(`still so: ${JSON.stringify(run?.tasks)}`);
        await sleep(2);
      }
    };
  };
  return { world, start };
}

const hasEnded = ({ status }: { status: Parameters<typeof isFinal>[0] }) => isFinal(status);

describe("What a task needs and is not there", () => {
  it("is waited for where it is a cluster that is down, and says so; after its time the task fails", async () => {
    const { world, start } = await begun("code/train.py");
    world.behaviour.clusterAway = Number.POSITIVE_INFINITY;
    const until = await start();
    await until(({ tasks }) => tasks[0]?.attempts[0]?.progress === "waiting for the cluster");
    expect((await until(hasEnded)).error).toMatchObject({
      code: "engine_unavailable",
      message: expect.stringContaining("The Ray cluster did not answer"),
      detail: "The cluster does not answer.",
    });
    expect(world.jobs.size).toBe(0);
  });

  it("is named where it is a file of the code, and no job is submitted", async () => {
    const { world, start } = await begun("code/gone.py");
    expect((await (await start())(hasEnded)).error).toMatchObject({
      code: "not_found",
      message: "The code package code has no file gone.py.",
      hint: "Its files: train.py.",
    });
    expect(world.jobs.size).toBe(0);
  });

  it("is named where it is a package of code, and no job is submitted", async () => {
    const { world, start } = await begun("code/train.py");
    world.sockets.sources.codePackage = async () => null;
    expect((await (await start())(hasEnded)).error?.message).toBe("There is no code package code.");
    expect(world.jobs.size).toBe(0);
  });
});
