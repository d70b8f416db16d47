import type { AskAgain } from "@/domain/query/ask-again/ask-again";
import { askedNames } from "@/domain/query/ask-again/asked-names";
import { compileAskAgain, compilePivotValues } from "@/domain/query/ask-again/compile-ask-again";
import { quotedName } from "@/domain/shared/quoted-name";
import { decodeWindow } from "../results/decode-window";
import type { ResultSource } from "../results/result-source";
import { arrowCells } from "./arrow-cells";
import { type BringOptions, localSource } from "./bring-result";
import type { BrowserEngine } from "./browser-engine";
import type { LocalResult } from "./local-result";
import { type BrowserRun, runInBrowser } from "./run-in-browser";
import { localOf } from "./wasm-result-source";

/** Results that can be asked by SQL: tables `result` and, where there is one, `other`, under the names of `askedNames`. */
export type AskedHere = {
  result: ResultSource;
  other: ResultSource | null;
  /** The question as SQL. Failures: `invalid_input`. */
  compile: (ask: AskAgain, signal: AbortSignal) => Promise<string>;
  /** Asks; the result of it is the caller's to close. */
  run: (sql: string, signal: AbortSignal, onSource?: (source: ResultSource) => void) => Promise<BrowserRun>;
  /** Lets go of copies that were made for asking. */
  close: () => void;
};

let numbers = 0;

/**
 * Brings finished results into the page, where they are not there yet, so that they can be asked again at once. No
 * statement is run again.
 * Failures: `conflict` while one still runs, `resource_exhausted` where one is too large, those of the sources.
 */
export async function askHere(
  engine: BrowserEngine,
  result: ResultSource,
  other: ResultSource | null,
  options: BringOptions,
): Promise<AskedHere> {
  const here = await localSource(engine, result, options);
  const otherHere = other === null ? null : await localSource(engine, other, options);
  const copies = [here, otherHere].filter((each) => each !== null && each !== result && each !== other);
  const tables: [string, LocalResult][] = [];
  const locals = { result: localOf(here), other: otherHere === null ? null : localOf(otherHere) };
  if (locals.result !== null) tables.push(["result", locals.result]);
  if (locals.other !== null) tables.push(["other", locals.other]);

  numbers += 1;
  const database = `asked_${numbers}`;
  const key = `asked ${database}`;
  engine.session.keep(key, {
    async load(wasm, connection, owner) {
      const statements = [
        `ATTACH IF NOT EXISTS ':memory:' AS ${database}`,
        ...tables.map(([name, local]) => viewOf(database, name, local)),
      ];
      for (const sql of statements) await wasm.ask(owner, (duckdb) => duckdb.runQuery(connection, sql));
    },
  });
  const within = { needs: [...tables.map(([, local]) => local.key), key], database };
  const results = { result: result.columns, other: other?.columns ?? null };

  return {
    result,
    other,
    async compile(ask, signal) {
      const values = compilePivotValues(ask, results);
      if (values === null) return compileAskAgain(ask, results);
      const rows = arrowCells(decodeWindow(await engine.session.query(values, { ...within, signal })));
      return compileAskAgain(
        ask,
        results,
        rows.map(([value]) => (value === null || value === undefined ? null : String(value))),
      );
    },
    run: (sql, signal, onSource) =>
      runInBrowser(engine, { sql, signal, within, ...(onSource === undefined ? {} : { onSource }) }),
    close() {
      void engine.session.letGo(key, [`DETACH ${database}`]);
      for (const copy of copies) copy?.close();
    },
  };
}

/** The columns under the names that people know. */
function viewOf(database: string, name: string, { columns, table }: LocalResult): string {
  const names = askedNames(columns).map((each, at) => `c${at} AS ${quotedName(each)}`);
  return `CREATE OR REPLACE VIEW ${database}.main.${name} AS SELECT ${names.join(", ")} FROM ${table}`;
}
