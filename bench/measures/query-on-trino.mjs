import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startTrino } from "../../scripts/lib/live/trino.mjs";
import { onCleanup } from "../lib/cleanup.mjs";
import { startApp } from "../lib/instance.mjs";
import { featureQuery, makeTable, quietApp, runQuery, shopTables } from "../lib/shop.mjs";
import { rounded } from "../lib/statistics.ts";
import { temporaryFolder } from "../lib/temporary-folder.mjs";

/** 45,000 products on the 312 days that the query keeps: 14.04M rows of features. */
const products = 45_000;
/** Half of it is what a query may hold in memory. */
const heapMb = 3072;
const KEYS = ["product_id", "sale_date"];
/** Their last digits depend on the order in which an engine adds. */
const FLOATS = ["sales_rolling_7d", "sales_rolling_14d", "sales_rolling_30d", "sales_volatility_30d"];

/** Rows that only one of two tables has, or that differ: floats by more than 1e-9 of their size. */
async function differences(call, columns, left, right) {
  const differs = columns
    .filter((name) => !KEYS.includes(name))
    .map((name) =>
      FLOATS.includes(name)
        ? `(a.${name} IS NULL) <> (b.${name} IS NULL) OR abs(a.${name} - b.${name}) > 1e-9 * greatest(1.0, abs(a.${name}))`
        : `a.${name} IS DISTINCT FROM b.${name}`,
    );
  const sql = `SELECT count(*) AS n FROM ${left} a FULL JOIN ${right} b ON a.product_id = b.product_id AND a.sale_date = b.sale_date
    WHERE a.product_id IS NULL OR b.product_id IS NULL OR ${differs.join(" OR ")}`;
  const { id } = await runQuery(call, { sql, engine: "duckdb", dialect: "duckdb" });
  const { rows } = await call("GET", `/queries/${id}/result?format=json`);
  return Number(rows[0][0]);
}

export const queryOnTrino = {
  name: "query-on-trino",
  title:
    "The feature query of 14M rows on Trino against DuckDB, both through the API to a table, with equal rows",
  goal: null,
  unit: "ratio",
  repeats: 1,
  onRequest: true,
  async measure({ say }) {
    const folder = await temporaryFolder();
    const own = join(folder.path, "trino");
    await mkdir(own);
    const trino = await startTrino({ folder: own, heapMb });
    const forget = onCleanup(() => trino.stop());
    const app = await startApp({
      data: join(folder.path, "data"),
      env: { TRINO_URL: trino.url },
      timeoutMs: 600_000,
    });
    try {
      const world = await quietApp(async () => app);
      for (const [name, select] of Object.entries(shopTables(products))) await makeTable(world, name, select);
      const took = {};
      let rows = 0;
      for (const engine of ["duckdb", "trino"]) {
        const sql = `CREATE OR REPLACE TABLE analytics.bench.features_${engine} AS ${featureQuery()}`;
        const startedAt = performance.now();
        const run = await runQuery(world.call, { sql, engine }, 30 * 60_000);
        took[engine] = performance.now() - startedAt;
        rows = run.writes[0].rows;
        say(`${engine}: ${rows.toLocaleString("en-US")} rows in ${rounded(took[engine] / 1000, 1)} s`);
      }
      const { columns } = await world.call("GET", "/lakehouse/tables/analytics.bench.features_duckdb");
      const names = columns.map(({ name }) => name);
      const tables = ["duckdb", "trino"].map((engine) => `analytics.bench.features_${engine}`);
      const different = await differences(world.call, names, ...tables);
      if (different > 0) throw new Error(`${different} rows differ between the engines`);
      return {
        value: took.trino / took.duckdb,
        samples: { duckdbMs: [rounded(took.duckdb, 0)], trinoMs: [rounded(took.trino, 0)] },
        note: `${rows.toLocaleString("en-US")} rows on either engine, and no row that differs: compared by key, every column exactly, the four means and deviations to 1e-9. Trino has one node with ${heapMb / 1024} GB of heap on this machine, works on disk beyond it, and its rows come as JSON.`,
      };
    } finally {
      await app.stop();
      await forget();
    }
  },
};
