/**
 * One sample of the durable steps on Temporal: `temporal-steps-child.mjs <driver|bare> <address> <steps>` sends the
 * milliseconds of so many trivial steps, one after the other, to its parent: as the tasks of a run that the driver carries,
 * or as the activities of a workflow of bare Temporal.
 */
import { fileURLToPath } from "node:url";
import { chainOfTasks, timedRun } from "./lib/chain-of-tasks.mjs";

const [side, address, stepsText] = process.argv.slice(2);
const namespace = "default";
const warmUpSteps = 20;
const trivial = async () => 1;
const pathOf = (file) => fileURLToPath(new URL(file, import.meta.url));

async function driverSide() {
  const { temporalRunDriver } = await import("../server/engines/temporal/temporal-run-driver");
  const workflowsPath = pathOf("../server/engines/temporal/workflows/carry-run.ts");
  const driver = temporalRunDriver({ address, namespace, workflowsPath, report: console.error });
  const chain = chainOfTasks(trivial);
  await driver.serve(chain.acts);
  const ended = async (id) => (await driver.state(id)) === "ended";
  return {
    run: (count) => timedRun(chain, count, (id) => driver.start(id), ended),
    close: () => driver.close(),
  };
}

async function bareSide() {
  const { Connection, Client } = await import("@temporalio/client");
  const { NativeConnection, Worker } = await import("@temporalio/worker");
  const chain = chainOfTasks(trivial);
  const taskQueue = "bench-bare";
  const client = new Client({ connection: await Connection.connect({ address }), namespace });
  const worker = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    namespace,
    taskQueue,
    workflowsPath: pathOf("./bare-steps-workflow.ts"),
    activities: { trivial, over: async (id) => chain.over(id) },
  });
  const running = worker.run();
  const start = (count) => (workflowId) =>
    client.workflow.start("bareSteps", { taskQueue, workflowId, args: [count] });
  const ended = async (id) => (await client.workflow.getHandle(id).describe()).status.name === "COMPLETED";
  return {
    run: (count) => timedRun(chain, count, start(count), ended),
    close: async () => {
      worker.shutdown();
      await running;
    },
  };
}

const engine = side === "driver" ? await driverSide() : await bareSide();
await engine.run(warmUpSteps);
process.send({ ms: await engine.run(Number(stepsText)) });
await engine.close();
process.exit(0);
