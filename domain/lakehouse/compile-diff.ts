import { quotedName } from "../shared/quoted-name";
import { duckdbType } from "./duckdb-type";
import type { ColumnPair } from "./pair-columns";

/** The names under which the statement reads the two states. */
export const BEFORE = "time_travel.before.rows";
export const AFTER = "time_travel.after.rows";
export const DIFF_KINDS = ["added", "removed", "changed"] as const;
export type DiffKind = (typeof DIFF_KINDS)[number];

/** Columns of the statement's result: `kind`, and of each pair `before_<n>` and `after_<n>`, counted from 0. */
export const cellNames = (index: number) => ({ before: `before_${index}`, after: `after_${index}` });

/**
 * The rows that differ between two states of a table, as one DuckDB SELECT over `BEFORE` and `AFTER`.
 *
 * With a `key` (ids of columns that both states have, and that tell the rows of each apart) a row is added, removed or
 * changed. Without one the states are bags of whole rows: a row is added or removed as often as its number grew or
 * shrank. NULL equals NULL, as a key too. A column that one state lacks is NULL there. Rows are told apart by 64-bit
 * hashes; of 20 million rows two that differ are taken for equal with a chance below one in ten thousand.
 */
export function compileDiff(pairs: ColumnPair[], key: number[]): string {
  return key.length === 0 ? bagDiff(pairs) : keyedDiff(pairs, key);
}

/** How many keys of one side occur more than once: one row, `duplicates`. */
export function compileKeyCheck(side: "before" | "after", pairs: ColumnPair[], key: number[]): string {
  const columns = keyPairs(pairs, key).map((pair) => cell(pair, side));
  const grouped = columns.map((_, index) => index + 1).join(", ");
  return `SELECT count(*) AS duplicates FROM (SELECT ${columns.join(", ")} FROM ${tableOf(side)} GROUP BY ${grouped} HAVING count(*) > 1)`;
}

type Side = "before" | "after";
const tableOf = (side: Side): string => (side === "before" ? BEFORE : AFTER);

/** The value of a column on one side, in the type that both sides share: the later one, which is as wide or wider. */
function cell(pair: ColumnPair, side: Side): string {
  const own = pair[side];
  const other = side === "before" ? pair.after : pair.before;
  if (own === null) return other === null ? "NULL" : typedNull(other, side);
  const wider =
    side === "before" && other !== null && other.type !== own.type ? duckdbType(other.type) : null;
  return wider === null ? quotedName(own.name) : `CAST(${quotedName(own.name)} AS ${wider})`;
}

/** A NULL of the type of the other side's column, so that the two compare. */
function typedNull(other: { name: string; type: string }, side: Side): string {
  const type = duckdbType(other.type);
  const table = tableOf(side === "before" ? "after" : "before");
  return type === null ? `(SELECT ${quotedName(other.name)} FROM ${table} LIMIT 0)` : `CAST(NULL AS ${type})`;
}

const keyPairs = (pairs: ColumnPair[], key: number[]): ColumnPair[] =>
  key.map((id) => pairs.find((pair) => pair.id === id)).filter((pair) => pair !== undefined);

const rowHash = (pairs: ColumnPair[], side: Side): string =>
  `hash(${pairs.map((pair) => cell(pair, side)).join(", ")})`;

const cells = (pairs: ColumnPair[], side: Side): string =>
  pairs.map((pair, index) => `${cell(pair, side)} AS ${cellNames(index)[side]}`).join(", ");

const bothCells = (pairs: ColumnPair[]): string[] =>
  pairs.flatMap((_, index) => [cellNames(index).before, cellNames(index).after]);

function keyedDiff(pairs: ColumnPair[], key: number[]): string {
  const keys = keyPairs(pairs, key);
  const names = keys.map((_, index) => `key_${index}`);
  const same = (a: string, b: string) =>
    names.map((name) => `${a}.${name} IS NOT DISTINCT FROM ${b}.${name}`).join(" AND ");
  const keyCells = (side: Side) =>
    keys.map((pair, index) => `${cell(pair, side)} AS key_${index}`).join(", ");
  const side = (name: Side) =>
    `SELECT ${keyCells(name)}, ${rowHash(pairs, name)} AS row_hash FROM ${tableOf(name)}`;
  const rows = (name: Side) => `SELECT ${keyCells(name)}, ${cells(pairs, name)} FROM ${tableOf(name)}`;
  const either = names.map(
    (name) => `CASE WHEN a.row_hash IS NULL THEN b.${name} ELSE a.${name} END AS ${name}`,
  );
  return `WITH differing AS MATERIALIZED (
  SELECT ${either.join(", ")}
  FROM (${side("before")}) b FULL JOIN (${side("after")}) a ON ${same("a", "b")}
  WHERE a.row_hash IS DISTINCT FROM b.row_hash
), earlier AS (
  SELECT r.*, TRUE AS is_there FROM (${rows("before")}) r SEMI JOIN differing d ON ${same("r", "d")}
), later AS (
  SELECT r.*, TRUE AS is_there FROM (${rows("after")}) r SEMI JOIN differing d ON ${same("r", "d")}
)
SELECT CASE WHEN earlier.is_there IS NULL THEN 'added' WHEN later.is_there IS NULL THEN 'removed' ELSE 'changed' END AS kind,
  ${bothCells(pairs).join(", ")}
FROM earlier FULL JOIN later ON ${same("earlier", "later")}
ORDER BY ${names.map((name) => `coalesce(later.${name}, earlier.${name})`).join(", ")}, kind`;
}

function bagDiff(pairs: ColumnPair[]): string {
  const surplus = (side: Side, kind: DiffKind, sign: string) => {
    const other: Side = side === "before" ? "after" : "before";
    const absent = pairs.map((_, index) => `NULL AS ${cellNames(index)[other]}`);
    return `SELECT '${kind}' AS kind, *, ${absent.join(", ")} FROM (
    SELECT r.* EXCLUDE (row_hash) FROM (SELECT ${rowHash(pairs, side)} AS row_hash, ${cells(pairs, side)} FROM ${tableOf(side)}) r
    JOIN differing d ON r.row_hash = d.row_hash WHERE ${sign}d.surplus > 0
    QUALIFY row_number() OVER (PARTITION BY r.row_hash) <= ${sign}d.surplus)`;
  };
  return `WITH differing AS MATERIALIZED (
  SELECT row_hash, sum(sign) AS surplus FROM (
    SELECT ${rowHash(pairs, "after")} AS row_hash, 1 AS sign FROM ${AFTER}
    UNION ALL SELECT ${rowHash(pairs, "before")}, -1 FROM ${BEFORE})
  GROUP BY row_hash HAVING sum(sign) <> 0
)
SELECT kind, ${bothCells(pairs).join(", ")} FROM (
  ${surplus("after", "added", "")}
  UNION ALL BY NAME
  ${surplus("before", "removed", "-")})
ORDER BY ${pairs.map((_, index) => `coalesce(${cellNames(index).after}, ${cellNames(index).before})`).join(", ")}, kind`;
}

/** Counts of the rows by kind and, of the changed ones, how many cells changed in each column: one row. */
export function compileDiffCounts(table: string, pairs: ColumnPair[]): string {
  const kinds = DIFF_KINDS.map((kind) => `count(*) FILTER (kind = '${kind}') AS ${kind}`);
  const columns = pairs.map((_, index) => `count(*) FILTER (${isChanged(index)}) AS changed_${index}`);
  return `SELECT ${[...kinds, ...columns].join(", ")} FROM ${table}`;
}

/** A page of the rows: `kind`, the indexes of the changed columns as a text `0,3`, then the cells. */
export function compileDiffPage(
  table: string,
  pairs: ColumnPair[],
  { kind, limit, offset }: { kind: DiffKind | null; limit: number; offset: number },
): string {
  const changed = pairs.map((_, index) => `CASE WHEN ${isChanged(index)} THEN '${index}' END`);
  const where = kind === null ? "" : ` WHERE kind = '${kind}'`;
  return `SELECT kind, concat_ws(',', ${changed.join(", ")}) AS changed, ${bothCells(pairs).join(", ")}
FROM ${table}${where} LIMIT ${limit} OFFSET ${offset}`;
}

function isChanged(index: number): string {
  const { before, after } = cellNames(index);
  return `kind = 'changed' AND ${before} IS DISTINCT FROM ${after}`;
}
