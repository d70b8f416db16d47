import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startBrowser } from "../lib/browser.mjs";
import { runToGrid, select, table } from "../lib/million-rows.mjs";
import { sleep } from "../lib/processes.mjs";
import { dropTable, makeTable, quietApp } from "../lib/shop.mjs";
import { ensureAdmin, signIn } from "../lib/sign-in.mjs";
import { median, rounded } from "../lib/statistics.ts";

const namesIn = (folder) => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** The clock's time at which a result that was not there before has its first chunk: the second line of its index. */
async function firstChunkAt(folder, isOver) {
  const before = new Set(namesIn(folder));
  while (!isOver()) {
    for (const name of namesIn(folder)) {
      if (before.has(name)) continue;
      try {
        const lines = readFileSync(join(folder, name, "index.jsonl"), "utf8").split("\n");
        if (lines.length > 2) return Date.now();
      } catch {
        // The engine has not begun.
      }
    }
    await sleep(2);
  }
  throw new Error("no result came");
}

export const firstRows = {
  name: "first-rows",
  title: "First rows in the grid after the first chunk of the engine",
  goal: 0.3,
  unit: "s",
  repeats: 7,
  async measure({ repeats, say, app: start }) {
    const world = await quietApp(start);
    const { url, data } = world.app;
    const results = join(data, "results", world.workspace, "queries");
    await makeTable(world, table, select);
    const { browser, stop } = await startBrowser();
    const samples = { afterChunkMs: [] };
    try {
      for (let repeat = -1; repeat < repeats; repeat += 1) {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
        await ensureAdmin(context.request, url);
        await signIn(context, url);
        let isOver = false;
        const running = runToGrid(await context.newPage(), url).finally(() => {
          isOver = true;
        });
        const [chunkAt, { firstAt }] = await Promise.all([firstChunkAt(results, () => isOver), running]);
        await context.close();
        if (repeat < 0) continue;
        samples.afterChunkMs.push(rounded(firstAt - chunkAt, 0));
        say(`${rounded(firstAt - chunkAt, 0)} ms after the first chunk`);
      }
    } finally {
      await stop();
      await dropTable(world, table);
    }
    return {
      value: median(samples.afterChunkMs) / 1000,
      samples,
      note: "In Chromium, DuckDB on the server: from the moment at which the first rows of a statement of a million lie in its spool (looked at every 2 ms) until they are drawn. Median, after one uncounted.",
    };
  },
};
