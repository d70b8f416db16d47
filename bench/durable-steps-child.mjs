/**
 * One sample of the durable steps, in a process of its own because DBOS is one per process:
 * `durable-steps-child.mjs <driver|bare> <database URL> <steps>` sends the milliseconds of so many trivial steps, one after
 * the other, to its parent: as the tasks of a run that the driver carries, or as the steps of a workflow of bare DBOS.
 */
import { chainOfTasks, timedRun } from "./lib/chain-of-tasks.mjs";

const [side, databaseUrl, stepsText] = process.argv.slice(2);
const steps = Number(stepsText);
const warmUpSteps = 50;
const trivial = async () => 1;

async function driverSide() {
  const { dbosRunDriver } = await import("../server/engines/dbos/dbos-run-driver");
  const { dbosWorkflowRunner } = await import("../server/engines/dbos/dbos-workflow-runner");
  const runner = dbosWorkflowRunner({ databaseUrl, applicationVersion: "bench" });
  const driver = dbosRunDriver(runner, { report: console.error });
  const chain = chainOfTasks(trivial);
  await driver.serve(chain.acts);
  const ended = async (id) => (await driver.state(id)) === "ended";
  return {
    run: (count) => timedRun(chain, count, (id) => driver.start(id), ended),
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
  const chain = chainOfTasks(trivial);
  const workflow = DBOS.registerWorkflow(
    async (count) => {
      for (let step = 0; step < count; step += 1) await DBOS.runStep(trivial, { name: `step-${step}` });
      chain.over(DBOS.workflowID);
    },
    { name: "bench-steps" },
  );
  await DBOS.launch();
  const ended = async (id) => (await DBOS.getWorkflowStatus(id))?.status === "SUCCESS";
  return {
    run: (count) =>
      timedRun(chain, count, (id) => DBOS.startWorkflow(workflow, { workflowID: id })(count), ended),
    close: () => DBOS.shutdown(),
  };
}

const engine = side === "driver" ? await driverSide() : await bareSide();
await engine.run(warmUpSteps);
process.send({ ms: await engine.run(steps) });
await engine.close();
process.exit(0);
