import { join } from "node:path";
import { startHarness } from "../../e2e/browser-engine/harness.ts";
import { startTrino } from "../../scripts/lib/live/trino.mjs";
import { startBrowser } from "../lib/browser.mjs";
import { onCleanup } from "../lib/cleanup.mjs";
import { startApp } from "../lib/instance.mjs";
import { sleep, until } from "../lib/processes.mjs";
import { makeTable, quietApp } from "../lib/shop.mjs";
import { rounded } from "../lib/statistics.ts";
import { temporaryFolder } from "../lib/temporary-folder.mjs";

const table = "lake.bench.numbers";
/** Each takes hours. */
const endless = `SELECT count(*) FROM ${table} a CROSS JOIN ${table} b WHERE (a.n * 31 + b.n) % 1000003 = 7`;
const inPage =
  "SELECT count(*) FROM range(10000000) AS a(i), range(10000000) AS b(j) WHERE (i * 31 + j) % 1000003 = 7";
const WORKS_MS = 1_500;

/** From the request that cancels a statement under way until the API says that it has ended. */
async function onServer(call, engine) {
  const { id } = await call("POST", "/queries", { sql: endless, engine });
  const is = async (status) => ((await call("GET", `/queries/${id}`)).status === status ? true : undefined);
  await until(`a statement at work on ${engine}`, 120_000, () => is("running"));
  await sleep(WORKS_MS);
  const startedAt = performance.now();
  await call("DELETE", `/queries/${id}`);
  await until("its end", 30_000, () => is("cancelled"), 5);
  return rounded(performance.now() - startedAt, 0);
}

async function inBrowser(repeats) {
  const harness = await startHarness();
  const { browser, stop } = await startBrowser();
  try {
    const tab = await browser.newPage();
    await tab.goto(harness.url);
    return await tab.evaluate(
      async ([sql, count, afterMs]) => {
        const engine = await window.page.engine("bench");
        const took = [];
        while (took.length < count) {
          const { how, ms } = await window.page.cancelled(engine, sql, afterMs);
          if (how !== "cancelled") throw new Error(`the statement was ${how}`);
          took.push(Math.round(ms));
        }
        return took;
      },
      [inPage, repeats, WORKS_MS],
    );
  } finally {
    await stop();
    await harness.close();
  }
}

export const cancel = {
  name: "cancel",
  title: "The slowest cancel of a statement at work, on DuckDB, on Trino and in the browser",
  goal: 0.5,
  unit: "s",
  repeats: 5,
  onRequest: true,
  async measure({ repeats, say }) {
    const folder = await temporaryFolder();
    const trino = await startTrino({ folder: join(folder.path, "trino") });
    const forget = onCleanup(() => trino.stop());
    const env = { TRINO_URL: trino.url };
    const app = await startApp({ data: join(folder.path, "data"), env, timeoutMs: 600_000 });
    try {
      const world = await quietApp(async () => app);
      await makeTable(world, table, "SELECT range AS n FROM range(10000000)");
      const samples = { duckdbMs: [], trinoMs: [], browserMs: await inBrowser(repeats) };
      for (const engine of ["duckdb", "trino"])
        while (samples[`${engine}Ms`].length < repeats)
          samples[`${engine}Ms`].push(await onServer(world.call, engine));
      for (const [name, took] of Object.entries(samples)) say(`${name}: ${took.join(", ")}`);
      return {
        value: Math.max(...Object.values(samples).flat()) / 1000,
        samples,
        note: `Each has worked for ${WORKS_MS / 1000} s. On the server from the request that cancels until the API says that the statement has ended, asked every 5 ms; in the browser until its promise is rejected.`,
      };
    } finally {
      await app.stop();
      await forget();
    }
  },
};
