import * as duckdb from "@duckdb/duckdb-wasm";
import { addFile } from "@/components/query/browser/add-file";
import { browserEngine } from "@/components/query/browser/browser-engine";
import { runInBrowser } from "@/components/query/browser/run-in-browser";

const never = new AbortController().signal;
const rows = 1_000_000;
const table = `SELECT i AS id, i % 1000 AS g, 's' || (i % 5000) AS s, i / 7.0 AS x FROM range(${rows}) AS t(i)`;

const timed = async (act: () => Promise<void>) => {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
};

/** DuckDB-WASM as its own documents use it, and the rows of its table as an Arrow stream. */
async function bare() {
  const worker = new Worker("/vendor/duckdb-wasm/duckdb-browser-eh.worker.js");
  const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await database.instantiate("/vendor/duckdb-wasm/duckdb-eh.wasm");
  const connection = await database.connect();
  await connection.query(`CREATE TABLE rows_1m AS ${table}`);
  // biome-ignore lint/correctness/useHookAtTopLevel: not a hook of React
  const bytes = await connection.useUnsafe((bindings, id) => bindings.runQuery(id, "FROM rows_1m"));
  return {
    file: new File([new Uint8Array(bytes)], "rows_1m.arrows"),
    run: async (sql: string) => (await connection.query(sql)).numRows,
  };
}

/** The app's engine, over the same rows as a file that somebody dropped. */
async function own(file: File) {
  const engine = await browserEngine("bench");
  await addFile(engine, file, never);
  return async (sql: string) => {
    const { source } = await runInBrowser(engine, { sql, signal: never });
    source.close();
  };
}

async function compare(statements: string[], repeats: number) {
  const { file, run } = await bare();
  const ask = await own(file);
  const samples: { own: number; bare: number }[][] = statements.map(() => []);
  for (let repeat = -1; repeat < repeats; repeat += 1) {
    for (const [place, sql] of statements.entries()) {
      const bareMs = await timed(async () => void (await run(sql)));
      const ownMs = await timed(() => ask(sql));
      if (repeat >= 0) samples[place]?.push({ own: ownMs, bare: bareMs });
    }
  }
  return samples;
}

const page = { compare };
export type BenchPage = typeof page;
Object.assign(globalThis, { page });
