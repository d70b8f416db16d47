import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { inDuckdb } from "../lib/lake.mjs";
import { quietApp } from "../lib/shop.mjs";
import { median, rounded } from "../lib/statistics.ts";

const rows = 10_000_000;
const files = 8;
const changes = 10_000;
const table = "lake.bench.lines";

const columns = `range AS id, (hash(range) % 100000)::INTEGER AS customer, 'product ' || (hash(range * 3) % 20000) AS product,
  (hash(range * 5) % 1000000 / 100)::DECIMAL(12, 2) AS amount,
  TIMESTAMPTZ '2024-01-01 00:00:00+00' + to_seconds(range % 31536000) AS sold_at, DATE '2024-01-01' + (range % 365)::INTEGER AS day,
  hash(range * 7) % 2 = 0 AS paid, (hash(range * 11) % 1000000) / 7.0 AS score,
  CASE WHEN range % 10 = 0 THEN NULL ELSE 'note ' || (range % 1000) END AS note, (range % 50)::BIGINT AS quantity`;

/** Commits files of `selects`, one each, and gives the snapshot's id. */
async function commit(lake, workspace, key, selects, more) {
  const path = `/${workspace}/tables/${table}`;
  const { folder } = await lake("POST", `${path}/stage`, { idempotency_key: key });
  const written = selects.map((select, index) => ({ path: join(folder, `${index}.parquet`), select }));
  await inDuckdb(
    written.map(
      ({ path: file, select }) => `COPY (${select}) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`,
    ),
  );
  const body = {
    idempotency_key: key,
    files: written.map(({ path: file }) => ({ path: file })),
    written_by: "bench",
    kind: "run",
    ...more,
  };
  return (await lake("POST", `${path}/commits`, body)).snapshot_id;
}

/** A table, and the snapshots before and after changes that are spread over all of its files. */
async function prepare(lake, workspace) {
  const slice = rows / files;
  const whole = Array.from(
    { length: files },
    (_, index) => `SELECT ${columns} FROM range(${index * slice}, ${(index + 1) * slice})`,
  );
  const from = await commit(lake, workspace, "bench whole", whole, {
    mode: "append",
    create: { key: ["id"] },
  });
  const step = rows / (changes * 0.9);
  const updated = `SELECT * REPLACE (amount + 1 AS amount) FROM (SELECT ${columns} FROM range(0, ${rows})) WHERE id % ${Math.round(step)} = 0`;
  const added = `SELECT ${columns} FROM range(${rows}, ${rows + changes * 0.1})`;
  const to = await commit(lake, workspace, "bench changes", [`${updated} UNION ALL ${added}`], {
    mode: "merge",
    key: ["id"],
  });
  return { from, to };
}

async function forgetResults(app, workspace) {
  const folder = join(app.data, "results", workspace, "diffs");
  for (const name of await readdir(folder).catch(() => [])) await rm(join(folder, name));
}

export const lakeDiff = {
  name: "lake-diff",
  title: "Difference of two snapshots: 10M rows, 10,000 of them changed",
  goal: 3,
  unit: "s",
  repeats: 5,
  async measure({ repeats, say, app: start }) {
    const { app, lake, call, workspace } = await quietApp(start);
    const { from, to } = await prepare(lake, workspace);
    say(`${rows.toLocaleString("en-US")} rows are committed, and changed`);
    const samples = { byKeyMs: [], wholeRowsMs: [] };
    let filesRead = 0;
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      for (const [sample, key] of [
        ["byKeyMs", ""],
        ["wholeRowsMs", "&key=-"],
      ]) {
        await forgetResults(app, workspace);
        const startedAt = performance.now();
        const diff = await call(
          "GET",
          `/lakehouse/tables/${table}/diff?from=${from}&to=${to}&limit=100${key}`,
        );
        samples[sample].push(rounded(performance.now() - startedAt, 0));
        const { added, removed, changed } = diff.counts;
        const found = key === "" ? added + changed : added;
        if (found < changes * 0.95 || found > changes * 1.05 || (key === "" && removed > 0)) {
          throw new Error(`the difference has ${added} added, ${removed} removed, ${changed} changed rows`);
        }
        filesRead = diff.filesRead;
      }
      say(`by key ${samples.byKeyMs.at(-1)} ms, as whole rows ${samples.wholeRowsMs.at(-1)} ms`);
    }
    await lake("DELETE", `/${workspace}/tables/${table}?purge=true`);
    return {
      value: median(samples.byKeyMs) / 1000,
      samples,
      note: `From the request until the counts and the first 100 rows are there, with no result kept: ${filesRead} files that the two snapshots do not share are read whole, and the 10 mixed columns compared by key. The second row of samples compares whole rows, without a key. Medians.`,
    };
  },
};
