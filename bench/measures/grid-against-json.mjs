import { startBrowser } from "../lib/browser.mjs";
import { startJsonServer } from "../lib/json-server.mjs";
import { rows, runToGrid, select, table } from "../lib/million-rows.mjs";
import { dropTable, makeTable, quietApp } from "../lib/shop.mjs";
import { ensureAdmin, signIn } from "../lib/sign-in.mjs";
import { median, rounded } from "../lib/statistics.ts";
import { temporaryFolder } from "../lib/temporary-folder.mjs";

const columns = [
  "id",
  "customer",
  "product",
  "amount",
  "sold_at",
  "day",
  "paid",
  "score",
  "note",
  "quantity",
];

/** The statement, its rows as JSON over the network, and JSON.parse; nothing is drawn. */
const parsed = (page, path) =>
  page.evaluate(async (from) => {
    const startedAt = performance.now();
    const found = await (await fetch(from)).json();
    const count = Array.isArray(found) ? found.length : found.c.id.length;
    return { ms: Math.round(performance.now() - startedAt), count };
  }, path);

export const gridAgainstJson = {
  name: "grid-against-json",
  title: "1M rows × 10 columns to a drawn grid against the fastest JSON of them parsed in the page",
  goal: 0.2,
  unit: "ratio",
  repeats: 3,
  async measure({ repeats, say, app: start }) {
    const world = await quietApp(start);
    const { url } = world.app;
    const files = await makeTable(world, table, select);
    const folder = await temporaryFolder();
    const json = await startJsonServer(folder.path, files, columns);
    const { browser, stop } = await startBrowser();
    const samples = { drawnMs: [], jsonRowsMs: [], jsonColumnsMs: [] };
    try {
      for (let repeat = -1; repeat < repeats; repeat += 1) {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
        await ensureAdmin(context.request, url);
        await signIn(context, url);
        const { wholeMs } = await runToGrid(await context.newPage(), url);
        await context.close();
        const bare = await browser.newPage();
        await bare.goto(json.url);
        const byRows = await parsed(bare, "/rows");
        const byColumns = await parsed(bare, "/columns");
        await bare.close();
        if (byRows.count !== rows || byColumns.count !== rows) throw new Error("not all rows came");
        if (repeat < 0) continue;
        samples.drawnMs.push(wholeMs);
        samples.jsonRowsMs.push(byRows.ms);
        samples.jsonColumnsMs.push(byColumns.ms);
        say(`drawn ${wholeMs} ms; JSON by rows ${byRows.ms} ms, by columns ${byColumns.ms} ms`);
      }
    } finally {
      await stop();
      await json.stop();
      await dropTable(world, table);
    }
    const fastest = Math.min(median(samples.jsonRowsMs), median(samples.jsonColumnsMs));
    const times = rounded(fastest / median(samples.drawnMs), 1);
    return {
      value: median(samples.drawnMs) / fastest,
      samples,
      note: `The grid is ${times} times as fast (goal 5). Its side is from the key press until it shows rows and knows that all ${rows.toLocaleString("en-US")} can be reached. The other side is the same rows from the same files, written as JSON by DuckDB itself behind a bare server, fetched and parsed, by rows or by columns, whichever is faster; nothing of it is drawn. Medians, sides in turn, after one uncounted.`,
    };
  },
};
