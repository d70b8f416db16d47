import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, type Page, test } from "@playwright/test";
import { engineTab } from "./browser-engine/engine-tab";
import type { EnginePage } from "./browser-engine/page";

declare const page: EnginePage;

// biome-ignore lint/style/noProcessEnv: a test finds its engines there
const { CONTRACT_LAKE_PYTHON: python = "", BENCHWRIGHT_FULL_TESTS } = process.env;
const isFull = BENCHWRIGHT_FULL_TESTS === "1";
/** All that the page can be asked in full runs, else one query of seven, over small tables. */
const ASKED = isFull
  ? []
  : ["features", "numbers", "texts", "times", "nested", "relations", "windows", "duckdb", "--every", "7"];
const LEAST_QUERIES = isFull ? 300 : 35;

type Corpus = { tables: { name: string; file: string }[]; queries: { sql: string }[] };
type Answer = { types: string[]; rows: (string | null)[][] } | { error: string };

const lake = path.resolve(import.meta.dirname, "../lake");
const run = (script: string, ...args: string[]) =>
  promisify(execFile)(python, ["-B", `tests/query/corpus/${script}.py`, ...args], {
    cwd: lake,
    maxBuffer: 64 * 1024 ** 2,
  });

test.skip(python === "", "needs CONTRACT_LAKE_PYTHON, the interpreter of the lake's packages");

const opened = engineTab();

test(`DuckDB in the page answers as Trino did${isFull ? "" : " (a sample: BENCHWRIGHT_FULL_TESTS=1 asks everything)"}`, async () => {
  const { tab, folder } = opened();
  test.setTimeout(isFull ? 300_000 : 60_000);
  await run("export", folder, ...ASKED);
  const corpus = JSON.parse(await readFile(path.join(folder, "corpus.json"), "utf8")) as Corpus;
  expect(corpus.queries.length).toBeGreaterThanOrEqual(LEAST_QUERIES);
  await load(tab, corpus.tables);
  const answers: Answer[] = await tab.evaluate(
    async (statements) => {
      const engine = await page.engine("corpus");
      const found: Answer[] = [];
      for (const sql of statements) found.push(await page.answer(engine, sql));
      return found;
    },
    corpus.queries.map(({ sql }) => sql),
  );
  await writeFile(path.join(folder, "answers.json"), JSON.stringify(answers));
  const { stdout } = await run("compare", folder);
  expect(JSON.parse(stdout)).toEqual([]);
});

async function load(tab: Page, tables: Corpus["tables"]): Promise<void> {
  await tab.evaluate(async (files) => {
    const engine = await page.engine("corpus");
    for (const { name, file } of files) {
      const bytes = new Uint8Array(await (await fetch(`/files/${file}`)).arrayBuffer());
      const origin = { kind: "lake", table: name, snapshotId: null } as const;
      const table = { path: name.split("."), origin, signal: page.never };
      await engine.tables.build(table, (draft) => draft.addArrow(bytes));
    }
  }, tables);
}
