import { build } from "esbuild";
import { startBrowser } from "../lib/browser.mjs";
import { makeToken, root } from "../lib/instance.mjs";
import { rows, runToGrid, select, table } from "../lib/million-rows.mjs";
import { dropTable, makeTable, quietApp, runQuery } from "../lib/shop.mjs";
import { ensureAdmin, signIn } from "../lib/sign-in.mjs";
import { median, rounded } from "../lib/statistics.ts";

/** All rows of a kept result to decoded values in the page, as Arrow and as JSON. */
async function fetchAll(page, id, token, format) {
  return page.evaluate(
    async ([path, bearer, isArrow]) => {
      const startedAt = performance.now();
      const response = await fetch(path, { headers: { authorization: `Bearer ${bearer}` } });
      const count = isArrow
        ? window.decodeArrow(new Uint8Array(await response.arrayBuffer()))
        : (await response.json()).rows.length;
      return { ms: Math.round(performance.now() - startedAt), count };
    },
    [`/api/v1/queries/${id}/result?format=${format}`, token, format === "arrow"],
  );
}

const decoder = async () =>
  (
    await build({
      stdin: {
        // Touches every column, so that nothing is left for later.
        contents: `import { tableFromIPC } from "@uwdata/flechette";
          window.decodeArrow = (bytes) => { const table = tableFromIPC(bytes, { useBigInt: true });
            for (let at = 0; at < table.numCols; at += 1) table.getChildAt(at).at(table.numRows - 1); return table.numRows; };`,
        resolveDir: root,
      },
      bundle: true,
      write: false,
      format: "iife",
    })
  ).outputFiles[0].text;

export const resultToGrid = {
  name: "result-to-grid",
  title: "1M rows × 10 columns from the key to a drawn grid, all rows at hand",
  goal: 0.8,
  unit: "s",
  repeats: 5,
  async measure({ repeats, say, app: start }) {
    const world = await quietApp(start);
    const { url } = world.app;
    await makeTable(world, table, select);
    const token = await makeToken(world.app);
    const { browser, stop } = await startBrowser();
    const samples = { drawnMs: [], firstRowsMs: [], arrowMs: [], jsonMs: [] };
    try {
      const script = await decoder();
      // What the page ran is its person's own; the token reads its own result of the same statement.
      const { id } = await runQuery(world.call, { sql: `SELECT * FROM ${table}` });
      for (let repeat = -1; repeat < repeats; repeat += 1) {
        // A page of its own each time: one that was here before brings its results back.
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
        await ensureAdmin(context.request, url);
        await signIn(context, url);
        const page = await context.newPage();
        const { firstMs, wholeMs } = await runToGrid(page, url);
        await page.addScriptTag({ content: script });
        const arrow = await fetchAll(page, id, token, "arrow");
        const json = repeat === 0 ? await fetchAll(page, id, token, "json") : null;
        await context.close();
        if (arrow.count !== rows || (json?.count ?? rows) !== rows) throw new Error("not all rows came");
        if (repeat < 0) continue;
        samples.drawnMs.push(wholeMs);
        samples.firstRowsMs.push(firstMs);
        samples.arrowMs.push(arrow.ms);
        if (json !== null) samples.jsonMs.push(json.ms);
        say(`drawn after ${wholeMs} ms, first rows ${firstMs} ms; all values as Arrow ${arrow.ms} ms`);
      }
    } finally {
      await stop();
      await dropTable(world, table);
    }
    const ratio = rounded(median(samples.jsonMs) / median(samples.arrowMs), 1);
    return {
      value: median(samples.drawnMs) / 1000,
      samples,
      note: `In Chromium, from the key press until the grid shows rows and knows that all ${rows.toLocaleString("en-US")} can be reached. Bringing every value of the kept result into the page takes ${ratio} times as long by the API's own JSON as by Arrow; \`grid-against-json\` has the fastest JSON. Medians, after one uncounted run.`,
    };
  },
};
