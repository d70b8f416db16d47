import { readFileSync } from "node:fs";
import { join } from "node:path";
import { apiClient } from "./api.mjs";
import { makeToken, root } from "./instance.mjs";
import { inDuckdb, lakeOf } from "./lake.mjs";
import { until } from "./processes.mjs";

/** A table's metadata lies below its workspace's folder. */
const WORKSPACE = /\/([^/]+)\/(?:lake|analytics)\/[^/]+\/[^/]+\/metadata\//;

/** An app with its sample loaded, so that nothing else works while times are taken: how to call it, and its lake. */
export async function quietApp(start) {
  const app = await start();
  const lake = await lakeOf(app);
  const call = apiClient(app.url, await makeToken(app));
  const workspace = await until("the sample's tables", 180_000, async () => {
    const { items } = await call("GET", "/lakehouse/tables");
    return items.length < 8 ? undefined : WORKSPACE.exec(items[0].metadataLocation)?.[1];
  });
  return { app, lake, call, workspace };
}

/** Makes a table of the lake of a SELECT of DuckDB, in one Parquet file; gives the file's path. */
export async function makeTable({ lake, workspace }, name, select) {
  const path = `/${workspace}/tables/${name}`;
  const key = `bench ${name}`;
  const { folder } = await lake("POST", `${path}/stage`, { idempotency_key: key });
  const file = join(folder, "0.parquet");
  await inDuckdb([`COPY (${select}) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`]);
  await lake("POST", `${path}/commits`, {
    idempotency_key: key,
    mode: "append",
    files: [{ path: file }],
    written_by: "bench",
    kind: "run",
  });
  const { items } = await lake("GET", `${path}/files`);
  return items.map((each) => each.path.replace(/^file:\/\//, ""));
}

export const dropTable = ({ lake, workspace }, name) =>
  lake("DELETE", `/${workspace}/tables/${name}?purge=true`);

const days = 366;
const perOrder = 5;

/** The tables of a shop in which every product sells on every day of 2024, by arithmetic alone. */
export function shopTables(products) {
  const orders = (products * days) / perOrder;
  return {
    "lake.shopify.orders": `SELECT n::BIGINT AS order_id, (n * 104729 % 50000)::INTEGER AS customer_id,
      TIMESTAMP '2024-01-01 00:00:00' + to_days((n // (${orders} // ${days}))::INTEGER) + to_seconds(n * 7919 % 86400) AS order_date,
      ['paid', 'shipped', 'returned'][1 + n % 3] AS status FROM range(${orders}) AS r(n)`,
    "lake.shopify.order_items": `SELECT o.n::BIGINT AS order_id, (1 + (o.n * ${perOrder} + l.n) % ${products})::INTEGER AS product_id,
      (1 + (o.n * 31 + l.n * 17) % 9)::INTEGER AS quantity, (1 + ((o.n * 7919 + l.n * 101) % 20000) / 100.0)::DECIMAL(10, 2) AS unit_price,
      (((o.n + l.n) % 5) * 0.05)::DECIMAL(5, 2) AS discount FROM range(${orders}) AS o(n), range(${perOrder}) AS l(n)`,
    "lake.analytics.product_categories": `SELECT n::INTEGER AS product_id, ['Electronics', 'Home', 'Garden', 'Toys'][1 + n % 4] AS category,
      ['Audio', 'Video', 'Tools', 'Games', 'Lamps'][1 + n % 5] AS subcategory, n % 3 = 0 AS seasonal_flag FROM range(1, ${products} + 1) AS r(n)`,
    "lake.inventory.inventory": `SELECT n::INTEGER AS product_id, (n * 37 % 120)::INTEGER AS quantity_on_hand,
      (20 + n % 50)::INTEGER AS reorder_point FROM range(1, ${products} + 1) AS r(n)`,
  };
}

/** The feature query of the shop, over the tables of the lake; it is the second statement of the corpus's file. */
export function featureQuery() {
  const text = readFileSync(join(root, "lake/tests/query/corpus/trino/features.sql"), "utf8");
  const [, statement] = text.split(/^-- .*row by row$/m);
  const [query] = statement.split(";");
  return query.replaceAll("postgresql.", "lake.").trim();
}

/** Runs a statement through the API and waits for its end. */
export async function runQuery(call, body, timeoutMs = 600_000) {
  const { id } = await call("POST", "/queries", body);
  const run = await until(
    "the end of the statement",
    timeoutMs,
    async () => {
      const found = await call("GET", `/queries/${id}`);
      return ["queued", "running"].includes(found.status) ? undefined : found;
    },
    // To ask more often takes from the engine what it needs.
    200,
  );
  if (run.status !== "succeeded") throw new Error(`the statement ${run.status}: ${run.error?.message}`);
  return run;
}
