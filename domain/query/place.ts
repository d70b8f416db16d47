import type { EngineChoice, EngineName } from "./dialect";

/** What a statement reads, as far as it decides where to run it. */
export type PlacedRead = {
  table: string;
  /** Where its rows lie: in the lake, in a connected database, in a catalog that Trino alone reads, or in the page alone. */
  at: "lake" | "database" | "foreign" | "page";
  /** Null where nobody knows. */
  bytes: number | null;
  /** The page holds it in the state that the statement reads. */
  isInPage: boolean;
};

export type PlacementFacts = {
  reads: PlacedRead[];
  isWrite: boolean;
  /** Null where no page asks. */
  browser: { memoryLimitBytes: number; cores: number } | null;
  /** Null where the engine is not offered. */
  duckdb: { memoryLimitBytes: number; cores: number } | null;
  trino: object | null;
  /** Why an engine cannot run this statement, as its translation says. */
  refusals: Partial<Record<EngineName, string>>;
};

export type Offer = { engine: EngineName; isAvailable: boolean; reason: string };
export type Placed = { engine: EngineName; reason: string; chosen: "auto" | "by_user" };

/** A page is not given more to scan than this, whatever it could hold: one thread of it works. */
const BROWSER_SCAN_BYTES = 256_000_000;
/** What a table of the lake grows by when it is unpacked, cautiously. */
const UNPACKED = 4;
/** Scans of more than so many times its memory are not for one machine. */
const LARGE_FOR_DUCKDB = 16;

const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

/** `1.9 GB`, in powers of a thousand. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** power;
  return `${power === 0 ? amount : amount.toFixed(1).replace(/\.0$/, "")} ${UNITS[power]}`;
}

const scanOf = (reads: PlacedRead[]): number => reads.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);

/** Whether each engine can be had for a statement, and why, in one line. */
export function offersOf(facts: PlacementFacts): Offer[] {
  return [browserOffer(facts), duckdbOffer(facts), trinoOffer(facts)];
}

const no = (engine: EngineName, reason: string): Offer => ({ engine, isAvailable: false, reason });
const yes = (engine: EngineName, reason: string): Offer => ({ engine, isAvailable: true, reason });

/** What a page may scan of the lake's packed bytes. */
const browserLimit = (memoryLimitBytes: number): number =>
  Math.min(BROWSER_SCAN_BYTES, memoryLimitBytes / UNPACKED);

function browserOffer({ reads, isWrite, browser, refusals }: PlacementFacts): Offer {
  if (browser === null) return no("browser", "no page asks");
  if (isWrite) return no("browser", "the browser writes no tables");
  const refusal = refusals.browser;
  if (refusal !== undefined) return no("browser", refusal);
  const away = reads.find(({ at, isInPage }) => !isInPage && at !== "lake" && at !== "page");
  if (away !== undefined) return no("browser", `the browser cannot reach ${away.table}`);
  const scan = scanOf(reads);
  const limit = browserLimit(browser.memoryLimitBytes);
  if (scan > limit)
    return no("browser", `the scan is ${formatBytes(scan)} and the browser limit is ${formatBytes(limit)}`);
  if (reads.length === 0) return yes("browser", "it reads no table");
  if (reads.every(({ isInPage }) => isInPage)) return yes("browser", "its tables are in the browser already");
  return yes(
    "browser",
    `${formatBytes(scanOf(reads.filter((each) => !each.isInPage)))} would be brought there`,
  );
}

function duckdbOffer({ reads, duckdb, refusals }: PlacementFacts): Offer {
  if (duckdb === null)
    return no(
      "duckdb",
      "DuckDB on the server needs Python 3.11 to 3.13, which was not found; install it and start again",
    );
  const refusal = refusals.duckdb;
  if (refusal !== undefined) return no("duckdb", refusal);
  const page = reads.find(({ at }) => at === "page");
  if (page !== undefined) return no("duckdb", `${page.table} is in the browser alone`);
  const foreign = reads.find(({ at }) => at === "foreign");
  if (foreign !== undefined) return no("duckdb", `Trino alone reads ${foreign.table}`);
  return yes("duckdb", "its tables are within the server's reach");
}

function trinoOffer({ reads, trino, refusals }: PlacementFacts): Offer {
  if (trino === null)
    return no("trino", "Trino is not set up; set TRINO_URL, or start one with npm run trino");
  const refusal = refusals.trino;
  if (refusal !== undefined) return no("trino", refusal);
  const page = reads.find(({ at }) => at === "page");
  if (page !== undefined) return no("trino", `${page.table} is in the browser alone`);
  return yes("trino", "it reaches every catalog");
}

/** Where a statement runs and why; null where no engine can have it, or not the one that was chosen. */
export function place(facts: PlacementFacts, choice: EngineChoice): Placed | null {
  const offers = offersOf(facts);
  const offer = (engine: EngineName) => offers.find((each) => each.engine === engine);
  if (choice !== "auto") {
    return offer(choice)?.isAvailable ? { engine: choice, reason: "you chose it", chosen: "by_user" } : null;
  }
  const [browser, duckdb, trino] = [offer("browser"), offer("duckdb"), offer("trino")];
  const auto = (engine: EngineName, reason: string): Placed => ({ engine, reason, chosen: "auto" });
  const scan = scanOf(facts.reads);
  if (browser?.isAvailable && facts.reads.length > 0 && facts.reads.every(({ isInPage }) => isInPage))
    return auto("browser", browser.reason);
  if (trino?.isAvailable && facts.duckdb !== null && duckdb?.isAvailable) {
    const limit = LARGE_FOR_DUCKDB * facts.duckdb.memoryLimitBytes;
    if (scan > limit)
      return auto(
        "trino",
        `the scan is ${formatBytes(scan)} and DuckDB is given up to ${formatBytes(limit)}`,
      );
  }
  if (duckdb?.isAvailable) return auto("duckdb", whyDuckdb(facts, browser, scan));
  if (trino?.isAvailable) return auto("trino", duckdb?.reason ?? "");
  return browser?.isAvailable ? auto("browser", duckdb?.reason ?? "") : null;
}

function whyDuckdb(
  { browser, reads, isWrite }: PlacementFacts,
  offer: Offer | undefined,
  scan: number,
): string {
  if (isWrite) return "it writes a table";
  if (browser !== null && offer?.isAvailable === false) return offer.reason;
  if (reads.length === 0) return "it reads no table";
  const connected = reads.find(({ at }) => at === "database");
  if (connected !== undefined) return `${connected.table} is in a connected database`;
  return `the scan is ${formatBytes(scan)}, and the tables are on the server`;
}
