import { tableFromIPC } from "@uwdata/flechette";
import { addFile } from "@/components/query/browser/add-file";
import { askHere } from "@/components/query/browser/ask-result";
import { bringResult } from "@/components/query/browser/bring-result";
import { type BrowserEngine, browserEngine } from "@/components/query/browser/browser-engine";
import { runInBrowser } from "@/components/query/browser/run-in-browser";
import { inColumn } from "@/components/query/results/cells/arrow-value";
import { cellText } from "@/components/query/results/cells/cell-text";
import type { ResultSource } from "@/components/query/results/result-source";
import { failureOf } from "@/components/ui/failure-of";
import { AskAgain } from "@/domain/query/ask-again/ask-again";
import { compileProfile } from "@/domain/query/compile/compile-profile";

// A small device: what does not fit into memory is found soon.
Object.defineProperty(navigator, "deviceMemory", { value: 1 });

/** What the tests of the browser's engine call in their page. */
const never = new AbortController().signal;

async function texts(source: ResultSource, offset = 0, limit = 100): Promise<(string | null)[][]> {
  const { firstRow, table } = await source.read(offset, limit, never);
  const rows = Math.min(table.numRows, offset - firstRow + limit);
  return Array.from({ length: Math.max(0, rows - (offset - firstRow)) }, (_, at) =>
    table.children.map((column) => {
      const found = inColumn(column, at + offset - firstRow);
      return found === null ? null : cellText(found.batch, found.index).text;
    }),
  );
}

async function rows(engine: BrowserEngine, sql: string): Promise<(string | null)[][]> {
  const { source } = await runInBrowser(engine, { sql, signal: never });
  const found = await texts(source, 0, 100_000);
  source.close();
  return found;
}

/** Columns' types and rows, or why there are none. */
async function answer(engine: BrowserEngine, sql: string) {
  try {
    const { source } = await runInBrowser(engine, { sql, signal: never });
    const types = source.columns.map(({ type }) => type);
    const found = await texts(source, 0, 100_000);
    source.close();
    return { types, rows: found };
  } catch (error) {
    return { error: failureOf(error).message };
  }
}

/** Cancels a statement after a while; gives how it ended, and how long that took. */
async function cancelled(engine: BrowserEngine, sql: string, afterMs: number) {
  const stop = new AbortController();
  const end = runInBrowser(engine, { sql, signal: stop.signal }).then(
    () => "ended",
    (error) => failureOf(error).code,
  );
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const cancelledAt = performance.now();
  stop.abort();
  return { how: await end, ms: performance.now() - cancelledAt };
}

async function exported(source: ResultSource, format: "csv" | "json" | "arrow"): Promise<Uint8Array> {
  const { url, release } = await source.exportAs(format, never);
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  release();
  return bytes;
}

const failureIn = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => failureOf(error),
  );

const page = {
  engine: browserEngine,
  never,
  run: runInBrowser,
  rows,
  answer,
  texts,
  cancelled,
  exported,
  failureIn,
  addFile,
  askHere,
  bringResult,
  compileProfile,
  asked: (fields: Partial<AskAgain>) => AskAgain.parse(fields),
  tableFromIPC,
};
export type EnginePage = typeof page;
Object.assign(globalThis, { page });
