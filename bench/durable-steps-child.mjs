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

async function adapterSide() {
  const { dbosWorkflowRunner } = await import("../server/engines/dbos/dbos-workflow-runner");
  const runner = dbosWorkflowRunner({ databaseUrl, applicationVersion: "bench" });
  let done = () => {};
  runner.register("bench-steps", async (context, input) => {
    for (let step = 0; step < input.steps; step += 1) await context.step(`step-${step}`, trivial);
    done();
    return input.steps;
  });
  await runner.launch();
  return {
    async run(count) {
      const ended = new Promise((resolve) => {
        done = resolve;
      });
      await runner.start("bench-steps", randomUUID(), { steps: count });
      await ended;
    },
    close: () => runner.close(),
  };
}

async function bareSide() {
  const { DBOS } = await import("@dbos-inc/dbos-sdk");
  DBOS.setConfig({ name: "bench", systemDatabaseUrl: databaseUrl, applicationVersion: "bench", runAdminServer: false, logLevel: "error" });
  let done = () => {};
  const workflow = DBOS.registerWorkflow(
    async (input) => {
      for (let step = 0; step < input.steps; step += 1) await DBOS.runStep(trivial, { name: `step-${step}` });
      done();
      return input.steps;
    },
    { name: "bench-steps" },
  );
  await DBOS.launch();
  return {
    async run(count) {
      const ended = new Promise((resolve) => {
        done = resolve;
      });
      await DBOS.startWorkflow(workflow, { workflowID: randomUUID() })({ steps: count });
      await ended;
    },
    close: () => DBOS.shutdown(),
  };
}

const engine = side === "adapter" ? await adapterSide() : await bareSide();
await engine.run(warmUpSteps);
const from = performance.now();
await engine.run(steps);
process.send({ ms: performance.now() - from });
await engine.close();
process.exit(0);
