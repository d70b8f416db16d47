import { tableFromIPC } from "@uwdata/flechette";
import { makeToken } from "../lib/instance.mjs";
import { dropTable, makeTable, quietApp, runQuery } from "../lib/shop.mjs";
import { median, rounded } from "../lib/statistics.ts";

const table = "lake.bench.numbers";
const wide = Array.from({ length: 50 }, (_, at) => `n + ${at} AS c${at}`).join(", ");
const shapes = {
  wide: { rows: 10_000_000, sql: `SELECT ${wide} FROM ${table}` },
  long: {
    rows: 100_000_000,
    sql: `SELECT n, d, n + d AS sum, n - d AS difference, d % 2 = 0 AS even FROM ${table} CROSS JOIN (VALUES 0, 1, 2, 3, 4, 5, 6, 7, 8, 9) AS digits (d)`,
  },
};
const WINDOW = 200;

/** A window of rows at `offset`, in hand as values. */
async function reach(url, token, id, offset) {
  const startedAt = performance.now();
  const path = `/api/results/sample/${id}/rows?offset=${offset}&limit=${WINDOW}`;
  const response = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`rows at ${offset} answered ${response.status}`);
  const firstRow = Number(response.headers.get("x-first-row"));
  const found = tableFromIPC(new Uint8Array(await response.arrayBuffer()), { useBigInt: true });
  const last = Math.min(offset - firstRow + WINDOW, found.numRows) - 1;
  for (let at = 0; at < found.numCols; at += 1) found.getChildAt(at).at(last);
  if (firstRow > offset || last < offset - firstRow) throw new Error(`row ${offset} is not in its window`);
  return performance.now() - startedAt;
}

export const anyRow = {
  name: "any-row",
  title: "The slowest of many rows anywhere in results of 10M × 50 and of 100M × 5",
  goal: 0.15,
  unit: "s",
  repeats: 60,
  async measure({ repeats, say, app: start }) {
    const world = await quietApp(start);
    await makeTable(world, table, "SELECT range::INTEGER AS n FROM range(10000000)");
    const token = await makeToken(world.app);
    const samples = {};
    const worst = {};
    for (const [name, { rows, sql }] of Object.entries(shapes)) {
      const { id, bytes } = await runQuery(world.call, { sql, engine: "duckdb" }, 30 * 60_000);
      const took = [];
      for (let at = -1; at < repeats; at += 1) {
        // Spread over the whole, in an order that no reading ahead helps; the last row is among them.
        const offset = at < 0 ? 0 : at === 0 ? rows - 1 : Math.floor(((at * 0.618034) % 1) * rows);
        const ms = await reach(world.app.url, token, id, offset);
        if (at >= 0) took.push(rounded(ms, 1));
      }
      await world.call("DELETE", `/queries/${id}/result`).catch(() => undefined);
      samples[`${name}Ms`] = took;
      worst[name] = Math.max(...took);
      say(
        `${name}: ${rounded(bytes / 1e9, 1)} GB, median ${rounded(median(took), 0)} ms, slowest ${rounded(worst[name], 0)} ms`,
      );
    }
    await dropTable(world, table);
    return {
      value: Math.max(...Object.values(worst)) / 1000,
      samples,
      note: `Results of statements that were run through the API and are kept whole. ${repeats} rows spread over each, one after the other: from the request for ${WINDOW} rows until their values are decoded, in a client of the API on this machine; what drawing takes is not in it.`,
    };
  },
};
