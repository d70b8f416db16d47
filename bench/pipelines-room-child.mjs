/**
 * What the room of pipelines takes, each figure in a process of its own:
 * `pipelines-room-child.mjs <chain|backlog|sleeping> <server URL> <DBOS URL> <count> <rounds> <PostgreSQL's process>` sends its figures to its parent.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { pipelinesRoom } from "./lib/pipelines-room.mjs";
import { processorMs } from "./lib/processor-time.mjs";

const [scenario, serverUrl, dbosUrl, ...rest] = process.argv.slice(2);
const [count, rounds, postgresPid] = rest.map(Number);
const SETTLE_MS = 12_000;
/** Until what the start of many runs left is collected, and the sweep has forgotten that they are new. */
const FALL_ASLEEP_MS = 90_000;
const WATCH_MS = 60_000;
/** A task that failed is tried again after hours. */
const waitsLong = { retry_policy: { max_attempts: 2, initial_interval: "12h" } };

const SCENARIOS = { chain, backlog, sleeping };
process.send(await SCENARIOS[scenario]());
process.exit(0);

/** Milliseconds and processor milliseconds of runs of `count` tasks of 10 ms in a chain, each `rounds` times. */
async function chain() {
  const room = await pipelinesRoom({ serverUrl, dbosUrl });
  const tasks = Array.from({ length: count }, (_, index) =>
    room.task(`step_${index}`, "/10", index === 0 ? {} : { depends_on: [`step_${index - 1}`] }),
  );
  await room.save("chain", tasks);
  await room.carry();
  const one = async () => {
    const id = randomUUID();
    const { user, system } = process.cpuUsage();
    const from = performance.now();
    const { ended } = await room.start(id, "chain", tasks);
    await ended;
    const ms = performance.now() - from;
    const status = await room.status(id);
    if (status !== "succeeded") throw new Error(`the run of the chain ${status}`);
    const after = process.cpuUsage();
    return { ms, processorMs: (after.user + after.system - user - system) / 1_000 };
  };
  await one();
  const taken = [];
  for (let round = 0; round < rounds; round += 1) taken.push(await one());
  return { taken };
}

/** Milliseconds from the start of a run to its first request, `rounds` times, beside `count` runs that wait elsewhere. */
async function backlog() {
  const arrived = new Map();
  const onRequest = (path) => arrived.get(path.split("/").at(-1))?.(performance.now());
  const room = await pipelinesRoom({ serverUrl, dbosUrl, onRequest });
  const crowd = [room.task("fails", "/fails", waitsLong)];
  const single = [room.task("only", "/0")];
  await room.save("crowded", crowd);
  await room.save("empty", single);
  await manyRuns(room, "crowded", count);
  await room.carry();
  const one = async () => {
    const id = randomUUID();
    const arrival = new Promise((resolve) => arrived.set(id, resolve));
    const from = performance.now();
    const { ended } = await room.start(id, "empty", single);
    const at = await arrival;
    await ended;
    return at - from;
  };
  for (let round = 0; round < 5; round += 1) await one();
  const taken = [];
  for (let round = 0; round < rounds; round += 1) taken.push(await one());
  const waits = await room.db.run.count({ where: { pipelineId: "crowded", status: "queued" } });
  if (waits < count - 1) throw new Error(`only ${waits} runs wait`);
  return { taken };
}

/** Shares of one core that this process and PostgreSQL take without runs, and with `count` runs that wait for hours. */
async function sleeping() {
  const room = await pipelinesRoom({ serverUrl, dbosUrl });
  const pipelines = Math.ceil(count / 100);
  const tasks = [room.task("fails", "/fails", waitsLong)];
  await room.carry();
  await sleep(SETTLE_MS);
  const empty = await shareOfCore(postgresPid);
  for (let pipeline = 0; pipeline < pipelines; pipeline += 1) {
    await room.save(`sleeps-${pipeline}`, tasks, { max_active_runs: 100 });
    await manyRuns(room, `sleeps-${pipeline}`, Math.min(100, count - 100 * pipeline));
  }
  while ((await room.db.taskRun.count({ where: { status: "retrying" } })) < count) await sleep(2_000);
  await sleep(FALL_ASLEEP_MS);
  const asleep = await shareOfCore(postgresPid);
  const still = await room.db.taskRun.count({ where: { status: "retrying" } });
  if (still < count) throw new Error(`only ${still} runs sleep`);
  return { empty, asleep };
}

async function shareOfCore(postgres) {
  const take = async () => ({
    at: performance.now(),
    own: process.cpuUsage(),
    postgres: await processorMs(postgres),
  });
  const before = await take();
  await sleep(WATCH_MS);
  const after = await take();
  const ms = after.at - before.at;
  const own = after.own.user + after.own.system - before.own.user - before.own.system;
  return { worker: own / 1_000 / ms, postgres: (after.postgres - before.postgres) / ms };
}

/** Rows as `createRun` leaves them. */
async function manyRuns({ db, workspace }, pipelineId, runs) {
  await db.$executeRaw`
    WITH made AS (
      INSERT INTO "Run" ("id", "workspaceId", "pipelineId", "pipelineVersion", "number", "status", "startedBy")
      SELECT gen_random_uuid()::text, ${workspace}, ${pipelineId}, 1, n, 'queued', 'Bench'
      FROM generate_series(1, ${runs}::int) n
      RETURNING "id"
    )
    INSERT INTO "TaskRun" ("runId", "taskId", "type", "status") SELECT "id", 'fails', 'http', 'queued' FROM made`;
  // As autovacuum does within a minute.
  await db.$executeRaw`ANALYZE "Run"`;
}
