import { rm } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { inDuckdb } from "../lib/lake.mjs";
import { dropTable, featureQuery, makeTable, quietApp, runQuery, shopTables } from "../lib/shop.mjs";
import { alternating, median, rounded } from "../lib/statistics.ts";
import { temporaryFolder } from "../lib/temporary-folder.mjs";

/** 45,000 products on the 312 days that the query keeps: 14.04M rows of features. */
const products = 45_000;
const target = "analytics.bench.demand_features";
/** What one statement may use where nothing else is set: a quarter of two fifths of the machine. */
const memory = Math.floor(Math.max(4 * 1024 ** 3, 0.4 * totalmem()) / 4);

const timed = async (act) => {
  const startedAt = performance.now();
  await act();
  return rounded(performance.now() - startedAt, 0);
};

/** What the query asks of DuckDB alone: the same files as views, the same settings, one Parquet file. */
function bare(files, query, path) {
  const names = Object.keys(files).map((name) => name.split("."));
  const [catalog] = names[0];
  return [
    `SET memory_limit = '${memory}B'; SET threads = ${availableParallelism()}`,
    `ATTACH ':memory:' AS ${catalog}`,
    ...new Set(names.map(([, schema]) => `CREATE SCHEMA ${catalog}.${schema}`)),
    ...names.map((parts) => {
      const list = files[parts.join(".")].map((file) => `'${file}'`).join(", ");
      return `CREATE VIEW ${parts.join(".")} AS FROM read_parquet([${list}])`;
    }),
    `COPY (${query}) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`,
  ];
}

export const queryToTable = {
  name: "query-to-table",
  title: "A feature query of 14M rows to a table: through the API against bare DuckDB",
  goal: 1.05,
  unit: "ratio",
  repeats: 5,
  async measure({ repeats, say, app: start }) {
    const world = await quietApp(start);
    const files = {};
    for (const [name, select] of Object.entries(shopTables(products)))
      files[name] = await makeTable(world, name, select);
    say("the shop's tables are there");
    const query = featureQuery();
    const folder = await temporaryFolder();
    const path = join(folder.path, "bare.parquet");
    const samples = { apiMs: [], apiDuckdbDialectMs: [], bareMs: [] };
    let rows = 0;
    // Once each, uncounted, so that neither side pays for a cold disk or a first start.
    const turns = alternating(repeats, ["bare", "api"]).flatMap((turn) =>
      turn.side === "api" ? [turn, { ...turn, side: "apiDuckdbDialect" }] : [turn],
    );
    for (const { side, pair } of [{ side: "api", pair: -1 }, ...turns]) {
      const took = await timed(async () => {
        if (side === "bare") return inDuckdb(bare(files, query, path));
        const sql = `CREATE OR REPLACE TABLE ${target} AS ${query}`;
        const dialect = side === "api" ? "trino" : "duckdb";
        const run = await runQuery(world.call, { sql, engine: "duckdb", dialect });
        rows = run.writes[0].rows;
      });
      await rm(path, { force: true });
      if (pair < 0) continue;
      samples[`${side}Ms`].push(took);
      say(`${side} ${took} ms`);
    }
    const own = rounded(median(samples.apiDuckdbDialectMs) / median(samples.bareMs), 2);
    for (const name of [target, ...Object.keys(files)]) await dropTable(world, name);
    return {
      value: median(samples.apiMs) / median(samples.bareMs),
      samples,
      note: `${rows.toLocaleString("en-US")} rows with rolling means over 7, 14 and 30 days, from ${(products * 366).toLocaleString("en-US")} order lines. The app's side is the whole call: translation from Trino's dialect, checks, DuckDB in its sandbox over Iceberg, one Parquet file (zstd, flushed to disk), the commit to the lake. The bare side is DuckDB over the same Parquet files with the same threads and the memory that one statement may use, one Parquet file (zstd). Written in DuckDB's dialect, so that nothing is translated, the same call takes ${own} of the bare side: the rest is the price of Trino's exact decimal averages. Medians, sides in turn.`,
    };
  },
};
