import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** As the worker does. */
const SWEEP_MS = 10_000;
const WORKSPACE = "bench";

/**
 * What carries runs, wired as in the worker, on a migrated database of its own and DBOS on `dbosUrl`: rows, admission,
 * attempts and the client for requests. A server of its own takes the requests of tasks: `/<milliseconds>/<run>` is
 * answered after so long, and with 503 where it begins with `/fails`; `onRequest(path)` is told of each.
 */
export async function pipelinesRoom({ serverUrl, dbosUrl, onRequest = () => {} }) {
  const { scratchDatabase } = await import("../../server/db/scratch-database");
  const { carryRuns } = await import("../../server/carry-runs");
  const { prismaPipelineStore } = await import("../../server/pipelines/index");
  const { undiciHttpClient } = await import("../../server/engines/http/undici-http-client");
  const { dbosWorkflowRunner } = await import("../../server/engines/dbos/dbos-workflow-runner");
  const { dbosRunDriver } = await import("../../server/engines/dbos/dbos-run-driver");
  const answering = await answeringServer(onRequest);
  const { db, url } = await scratchDatabase(serverUrl);
  const clock = { now: () => new Date() };
  const report = (error) => console.error(error);
  const { listenTo } = await import("../../server/engines/postgres/listen-to");
  const workflows = dbosWorkflowRunner({
    databaseUrl: dbosUrl,
    applicationVersion: "bench",
    listen: (...how) => listenTo(dbosUrl, ...how),
  });
  const driver = dbosRunDriver(workflows, { report });
  const absent = {};
  const parts = {
    db,
    clock,
    env: { DATABASE_URL: url, BENCHWRIGHT_DATA: "" },
    workflows,
    jobRunner: null,
    tracker: null,
    sqlLanguage: null,
    queryEngine: absent,
    tableCatalog: absent,
    lakeAdmin: absent,
    httpClient: undiciHttpClient({ privateHosts: [answering.host], mostBytes: 1_000_000 }),
  };
  const runs = carryRuns(parts, driver, {
    secrets: { open: async () => new Map() },
    report,
    databaseWaitMs: 60_000,
    frameworkDir: "",
  });
  const waiting = new Map();
  const stopping = new AbortController();
  const store = prismaPipelineStore(db);

  return {
    db,
    workspace: WORKSPACE,
    /** The task of a pipeline that asks the server of this room. */
    task: (id, path, more = {}) => ({
      task_id: id,
      type: "http",
      config: { method: "GET", url: `http://${answering.host}${path}/{{ run.id }}` },
      ...more,
    }),
    save: (pipelineId, tasks, more = {}) =>
      store.savePipeline(
        WORKSPACE,
        { pipeline_id: pipelineId, name: pipelineId, tasks, ...more },
        false,
        "Bench",
      ),
    /** Stores a run as the API does; the promise is there once its end is kept. */
    async start(id, pipelineId, tasks) {
      const ended = new Promise((resolve) => waiting.set(id, resolve));
      await store.createRun({
        id,
        workspaceId: WORKSPACE,
        pipelineId,
        pipelineVersion: 1,
        startedBy: "Bench",
        rerunOf: null,
        createdAt: clock.now(),
        tasks: tasks.map(({ task_id: taskId, type }) => ({ taskId, type, reused: null })),
      });
      return { ended };
    },
    status: (id) => store.status(id),
    async carry() {
      await driver.serve({
        ...runs.acts,
        endRun: (id, ...end) => runs.acts.endRun(id, ...end).then(() => waiting.get(id)?.()),
      });
      void runs.admit(stopping.signal);
      void (async () => {
        while (!stopping.signal.aborted) {
          await runs.sweep().catch(report);
          await sleep(SWEEP_MS, undefined, { signal: stopping.signal }).catch(() => {});
        }
      })();
    },
  };
}

async function answeringServer(onRequest) {
  const server = createServer((request, response) => {
    const [, first, second] = request.url.split("/");
    onRequest(request.url);
    if (first === "fails") response.writeHead(503).end();
    else
      setTimeout(
        () => response.writeHead(200, { "content-type": "application/json" }).end(`{"of":"${second}"}`),
        Number(first),
      );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { host: `127.0.0.1:${server.address().port}` };
}
