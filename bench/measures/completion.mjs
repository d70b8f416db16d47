import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { quantile, rounded } from "../lib/statistics.ts";

const tables = 100_000;
const columnsPerTable = 10;
const words =
  "customer order item unit price quantity ship date time region store sku category tax net gross flag code name id amount total source batch load user session event page score".split(
    " ",
  );
const word = (seed) => words[seed % words.length];

/** 100,000 tables of 10 columns; 0.8M of the column names are there once, the others everywhere. */
function manyNames() {
  const shared = ["id", "created_at"];
  const columnNames = [...shared];
  const list = Array.from({ length: tables }, (_, table) => {
    const columns = shared.flatMap((_, place) => [place, 0]);
    for (let column = shared.length; column < columnsPerTable; column += 1) {
      const seed = table * 7 + column * 13;
      columns.push(columnNames.length, column % 4);
      columnNames.push(`${word(seed)}_${word(seed * 3 + 1)}_${word(seed * 5 + 2)}_${table * 8 + column}`);
    }
    const name = `${word(table)}_${word(table * 3 + 1)}_${table}`;
    return { parts: ["lake", `schema_${table % 500}`, name], columns, rows: table, key: ["id"] };
  });
  return { version: "bench", columnNames, types: ["bigint", "varchar", "double", "date"], tables: list };
}

/** A statement as it is typed, one question at each key. */
const statement = `WITH daily AS (SELECT a.id, date_trunc('day', a.created_at) AS sale_day, count(*) AS orders FROM lake.schema_7.item_tax_7 a GROUP BY 1, 2)
SELECT d.sale_day, sum(d.orders) AS total_orders, custmer_id, gross_amo FROM daily d JOIN lake.schema_31.customer_price_31 p ON p.id = d.id WHERE p.created_at > current_date ORDER BY sale_day`;

async function ask(worker, message) {
  worker.postMessage(message);
  const [answer] = await once(worker, "message");
  return answer;
}

export const completion = {
  name: "completion",
  title: "Completion at each key, 100,000 tables and 1M columns, 95th percentile",
  goal: 0.008,
  unit: "s",
  repeats: 5,
  async measure({ repeats, say }) {
    const worker = new Worker(new URL("../completion-child.mjs", import.meta.url));
    try {
      const { ms: buildMs, heapBytes } = await ask(worker, { names: manyNames() });
      const heapMb = rounded(heapBytes / 1e6, 0);
      say(`the names are ready after ${rounded(buildMs, 0)} ms, ${heapMb} MB of heap`);
      const samples = { p50Ms: [], p95Ms: [], maxMs: [], roundTripP95Ms: [] };
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        const times = [];
        const roundTrips = [];
        for (let offset = 1; offset <= statement.length; offset += 1) {
          const startedAt = performance.now();
          const { ms } = await ask(worker, { sql: statement.slice(0, offset), offset });
          roundTrips.push(performance.now() - startedAt);
          times.push(ms);
        }
        samples.p50Ms.push(rounded(quantile(times, 0.5)));
        samples.p95Ms.push(rounded(quantile(times, 0.95)));
        samples.maxMs.push(rounded(Math.max(...times)));
        samples.roundTripP95Ms.push(rounded(quantile(roundTrips, 0.95)));
        say(`p50 ${samples.p50Ms.at(-1)} ms, p95 ${samples.p95Ms.at(-1)} ms, max ${samples.maxMs.at(-1)} ms`);
      }
      const value = quantile(samples.roundTripP95Ms, 0.5);
      return {
        value: value / 1000,
        samples,
        note: `A statement of ${statement.length} signs typed letter by letter in a worker thread, from the question until the answer is back. Ready ${rounded(buildMs / 1000, 1)} s after the names came; ${heapMb} MB of heap with all names in it (goal 300). Median of the runs' 95th percentiles.`,
      };
    } finally {
      await worker.terminate();
    }
  },
};
