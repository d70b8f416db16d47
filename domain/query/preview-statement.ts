import { type SqlToken, sqlTokens } from "../shared/sql-tokens";
import { unquotedToken } from "../shared/unquoted-token";
import type { Dialect } from "./dialect";
import type { Origins } from "./origins";

/** Rows that a preview shows at most. */
export const PREVIEW_ROWS = 200;

export type Preview = {
  /** A SELECT that gives the first rows of the part. */
  sql: string;
  /** What is looked at: a CTE by its name, a sub-query, or the whole query of the statement. */
  part: { kind: "cte"; name: string } | { kind: "subquery" } | { kind: "query" };
  /** Where the part stands in the statement: `[start, end)`. */
  start: number;
  end: number;
  /** Where stretches of `sql` stem from in the statement. */
  origins: Origins;
};

/** A query between its own parentheses, or the statement's: tokens `[first, last]`. */
type Region = { first: number; last: number; ctes: Cte[]; isRecursive: boolean; bodyFirst: number };
/** Tokens `[first, last]` of `name (columns) AS (…)`; its query is what is between `open` and `close`. */
type Cte = { name: string; first: number; last: number; open: number; close: number };

const STARTS = new Set(["SELECT", "WITH", "VALUES"]);
const word = (token: SqlToken | undefined): string =>
  token?.kind === "word" ? token.text.toUpperCase() : "";
const isSign = (token: SqlToken | undefined, sign: string) => token?.kind === "sign" && token.text === sign;

/** The partner of each parenthesis, by its place. */
function partners(tokens: SqlToken[]): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (isSign(token, "(")) open.push(index);
    if (!isSign(token, ")")) continue;
    const from = open.pop();
    if (from === undefined) continue;
    pairs.set(from, index);
    pairs.set(index, from);
  }
  return pairs;
}

/** The CTE that begins at a token; null where none does. */
function readCte(tokens: SqlToken[], pairs: Map<number, number>, at: number): Cte | null {
  const name = tokens[at];
  if (name?.kind !== "word" && name?.kind !== "quoted") return null;
  let next = at + 1;
  if (isSign(tokens[next], "(")) next = (pairs.get(next) ?? tokens.length) + 1;
  if (word(tokens[next]) !== "AS") return null;
  next += 1;
  if (word(tokens[next]) === "NOT") next += 1;
  if (word(tokens[next]) === "MATERIALIZED") next += 1;
  const close = isSign(tokens[next], "(") ? pairs.get(next) : undefined;
  return close === undefined
    ? null
    : { name: unquotedToken(name), first: at, last: close, open: next, close };
}

/** The query of tokens `[first, last]` with its WITH clause read. */
function readRegion(tokens: SqlToken[], pairs: Map<number, number>, first: number, last: number): Region {
  if (word(tokens[first]) !== "WITH") return { first, last, ctes: [], isRecursive: false, bodyFirst: first };
  const isRecursive = word(tokens[first + 1]) === "RECURSIVE";
  const ctes: Cte[] = [];
  let next = first + (isRecursive ? 2 : 1);
  for (;;) {
    const cte = readCte(tokens, pairs, next);
    if (cte === null) break;
    ctes.push(cte);
    next = cte.last + 1;
    if (!isSign(tokens[next], ",")) break;
    next += 1;
  }
  return { first, last, ctes, isRecursive, bodyFirst: next };
}

/** The queries that an offset stands in, the statement's own first. */
function regionsAt(
  tokens: SqlToken[],
  pairs: Map<number, number>,
  offset: number,
  dialect: Dialect,
): Region[] {
  const isStart = (token: SqlToken | undefined) =>
    STARTS.has(word(token)) || (dialect === "duckdb" && word(token) === "FROM");
  const root = rootStart(tokens, pairs, isStart);
  const regions = root === null ? [] : [readRegion(tokens, pairs, root, tokens.length - 1)];
  for (const [index, token] of tokens.entries()) {
    const close = isSign(token, "(") ? pairs.get(index) : undefined;
    if (close === undefined || !isStart(tokens[index + 1])) continue;
    if (token.start < offset && offset <= (tokens[close]?.start ?? 0))
      regions.push(readRegion(tokens, pairs, index + 1, close - 1));
  }
  return regions;
}

/** Where the statement's query begins: behind `CREATE TABLE … AS`, `INSERT INTO …` or `EXPLAIN`. */
function rootStart(
  tokens: SqlToken[],
  pairs: Map<number, number>,
  isStart: (token: SqlToken | undefined) => boolean,
): number | null {
  for (let index = 0; index < tokens.length; index += 1) {
    if (isStart(tokens[index])) return index;
    const close = isSign(tokens[index], "(") ? pairs.get(index) : undefined;
    if (close === undefined) continue;
    if (isStart(tokens[index + 1]) && index === 0) return index;
    index = close;
  }
  return null;
}

/** Whether the query of tokens `[first, last]` itself says how many rows it gives. */
function isLimited(tokens: SqlToken[], pairs: Map<number, number>, first: number, last: number): boolean {
  for (let index = first; index <= last; index += 1) {
    if (["LIMIT", "FETCH", "OFFSET"].includes(word(tokens[index]))) return true;
    index = isSign(tokens[index], "(") ? (pairs.get(index) ?? index) : index;
  }
  return false;
}

/** Pieces of the statement and words of our own, put together. */
function writer(sql: string) {
  const origins: Origins = [];
  let text = "";
  return {
    own(words: string) {
      text += words;
    },
    copy(start: number, end: number) {
      origins.push([text.length, start, end - start]);
      text += sql.slice(start, end);
    },
    result: () => ({ sql: text, origins }),
  };
}

/**
 * The part of a statement that a cursor at `offset` means, as a query of its own: the CTE that it stands in or on, else the
 * innermost sub-query, else the statement's query. CTEs that the part may use are put before it. Told by the tokens
 * alone: a sub-query that uses columns of the query around it cannot be looked at alone, and the engine will say so.
 * Null where the statement has no query.
 */
export function previewStatement(sql: string, offset: number, dialect: Dialect): Preview | null {
  const tokens = sqlTokens(sql);
  const pairs = partners(tokens);
  const regions = regionsAt(tokens, pairs, offset, dialect);
  const region = regions.at(-1);
  if (region === undefined) return null;
  const at = (index: number) => tokens[index] as SqlToken;
  const named = region.ctes.find(({ first, last }) => at(first).start <= offset && offset <= at(last).end);
  const around = regions.at(-2);
  const held = around?.ctes.find(({ open, close }) => open + 1 === region.first && close - 1 === region.last);
  const cte = named ?? held ?? null;
  const owner = named === undefined ? around : region;
  const outer = regions.slice(0, cte === null ? -1 : regions.indexOf(owner as Region));
  const levels = outer.map((each) => ({ region: each, ctes: visible(each, offset, at) }));
  if (cte !== null && owner !== undefined) {
    const upTo = owner.isRecursive ? owner.ctes : owner.ctes.slice(0, owner.ctes.indexOf(cte) + 1);
    const out = writer(sql);
    const closing = openLevels(out, [...levels, { region: owner, ctes: upTo }], at);
    out.own("SELECT * FROM ");
    out.copy(at(cte.first).start, at(cte.first).end);
    out.own(`${closing}\nLIMIT ${PREVIEW_ROWS}`);
    const [start, end] = [at(cte.first).start, at(cte.last).end];
    return { ...out.result(), part: { kind: "cte", name: cte.name }, start, end };
  }
  const out = writer(sql);
  const [start, end] = [at(region.first).start, at(region.last).end];
  const isWrapped = isLimited(tokens, pairs, region.bodyFirst, region.last);
  if (isWrapped || (region.ctes.length > 0 && levels.some(({ ctes }) => ctes.length > 0))) {
    const closing = openLevels(out, levels, at);
    out.own("SELECT * FROM (\n");
    out.copy(start, end);
    out.own(`\n) AS part${closing}\nLIMIT ${PREVIEW_ROWS}`);
  } else {
    const closing = openLevels(out, levels, at);
    out.copy(start, end);
    out.own(`${closing}\nLIMIT ${PREVIEW_ROWS}`);
  }
  return { ...out.result(), part: { kind: regions.length === 1 ? "query" : "subquery" }, start, end };
}

/** The CTEs of a query that something at `offset` inside it may use: those before it; all where it is recursive. */
const visible = (region: Region, offset: number, at: (index: number) => SqlToken): Cte[] =>
  region.isRecursive ? region.ctes : region.ctes.filter(({ last }) => at(last).end <= offset);

type Level = { region: Region; ctes: Cte[] };

/** Writes the WITH clauses, each level around the next, so that an inner name hides an outer one; gives what closes them. */
function openLevels(
  out: ReturnType<typeof writer>,
  levels: Level[],
  at: (index: number) => SqlToken,
): string {
  const used = levels.filter(({ ctes }) => ctes.length > 0);
  let closing = "";
  for (const [index, { region, ctes }] of used.entries()) {
    out.own(region.isRecursive ? "WITH RECURSIVE " : "WITH ");
    for (const [place, cte] of ctes.entries()) {
      if (place > 0) out.own(", ");
      out.copy(at(cte.first).start, at(cte.last).end);
    }
    out.own("\n");
    if (index === used.length - 1) break;
    out.own("SELECT * FROM (\n");
    closing += `\n) AS around_${index + 1}`;
  }
  return closing;
}
