/**
 * One sample of the durable steps, in a process of its own because DBOS is one per process:
 * `durable-steps-child.mjs <adapter|bare> <database URL> <steps>` sends the milliseconds of one workflow of that many
 * trivial steps to its parent.
 */
import { randomUUID } from "node:crypto";

const [side, databaseUrl, stepsText] = process.argv.slice(2);
const steps = Number(stepsText);
const warmUpSteps = 50;
const trivial = async () => 1;

/** Called by the body of the workflow of each id after its last step. */
const lastStepDone = new Map();

/** Milliseconds from `start` until the last step is recorded; then waits, untimed, until `ended` says that it is over. */
async function timed(count, start, ended) {
  const id = randomUUID();
  const done = new Promise((resolve) => lastStepDone.set(id, resolve));
  const from = performance.now();
  await start(id, { steps: count });
  await done;
  const ms = performance.now() - from;
  for (let look = 0; look < 400; look += 1) {
    if (await ended(id)) return ms;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("the workflow did not end within 10 s of its last step");
}

async function adapterSide() {
  const { dbosWorkflowRunner } = await import("../server/engines/dbos/dbos-workflow-runner");
  const runner = dbosWorkflowRunner({ databaseUrl, applicationVersion: "bench" });
  runner.register("bench-steps", async (context, input) => {
    for (let step = 0; step < input.steps; step += 1) await context.step(`step-${step}`, trivial);
    lastStepDone.get(context.workflowId)?.();
    return input.steps;
  });
  await runner.launch();
  const ended = async (id) => (await runner.state(id)).status === "succeeded";
  return {
    run: (count) => timed(count, (id, input) => runner.start("bench-steps", id, input), ended),
    close: () => runner.close(),
  };
}

async function bareSide() {
  const { DBOS } = await import("@dbos-inc/dbos-sdk");
  DBOS.setConfig({
    name: "bench",
    systemDatabaseUrl: databaseUrl,
    applicationVersion: "bench",
    logLevel: "error",
  });
  const workflow = DBOS.registerWorkflow(
    async (input) => {
      for (let step = 0; step < input.steps; step += 1) await DBOS.runStep(trivial, { name: `step-${step}` });
      lastStepDone.get(DBOS.workflowID)?.();
      return input.steps;
    },
    { name: "bench-steps" },
  );
  await DBOS.launch();
  const ended = async (id) => (await DBOS.getWorkflowStatus(id))?.status === "SUCCESS";
  return {
    run: (count) =>
      timed(count, (id, input) => DBOS.startWorkflow(workflow, { workflowID: id })(input), ended),
    close: () => DBOS.shutdown(),
  };
}

const engine = side === "adapter" ? await adapterSide() : await bareSide();
await engine.run(warmUpSteps);
process.send({ ms: await engine.run(steps) });
await engine.close();
process.exit(0);
