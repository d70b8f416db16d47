import type { KnownTable } from "../../../domain/ports/sql-language";
import { sqlTokens } from "../../../domain/shared/sql-tokens";
import { unquotedToken } from "../../../domain/shared/unquoted-token";
import type { StatementTable } from "./known-tables";

/** So many tables are told to the language though the statement does not name them, for its suggestions. */
const SUGGESTED = 500;
/** Letters that a name shares with a word at its beginning to be suggested. */
const ALIKE = 3;

const lastPart = (raw: string): string => raw.slice(raw.lastIndexOf(".") + 1).toLowerCase();

/** The tables whose last name stands in the statement: it can read no others. */
export function namedTables(sql: string, tables: readonly StatementTable[]): StatementTable[] {
  const words = wordsOf(sql);
  const lengths = new Set([...words].map((word) => word.length));
  return tables.filter(({ raw }) => {
    const at = raw.lastIndexOf(".") + 1;
    return lengths.has(raw.length - at) && words.has(raw.slice(at).toLowerCase());
  });
}

/** Other tables by their names alone, for suggestions: those that are most like a word of the statement. */
export function suggestedTables(sql: string, tables: readonly StatementTable[]): KnownTable[] {
  const words = wordsOf(sql);
  const others = tables.flatMap(({ raw }) => {
    const last = lastPart(raw);
    return words.has(last) ? [] : [{ raw, last }];
  });
  for (const { raw } of tables) words.delete(lastPart(raw));
  const names = others.length <= SUGGESTED ? others.map(({ raw }) => raw) : nearest(others, grouped(words));
  return names.map((name) => ({ name, columns: [] }));
}

function wordsOf(sql: string): Set<string> {
  const words = new Set<string>();
  for (const token of sqlTokens(sql)) {
    if (token.kind === "word" || token.kind === "quoted") words.add(unquotedToken(token).toLowerCase());
  }
  return words;
}

function grouped(words: Iterable<string>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const word of words) {
    const start = word.slice(0, ALIKE);
    const group = groups.get(start);
    if (group === undefined) groups.set(start, [word]);
    else group.push(word);
  }
  return groups;
}

/** The names that differ least from a word that is no table's name: by the letters between what both begin and end with. */
function nearest(
  others: readonly { raw: string; last: string }[],
  byStart: ReadonlyMap<string, readonly string[]>,
): string[] {
  const byDistance: string[][] = [];
  for (const { raw, last } of others) {
    const words = byStart.get(last.slice(0, ALIKE));
    if (words === undefined) continue;
    const least = Math.min(...words.map((word) => between(last, word)));
    byDistance[least] ??= [];
    byDistance[least].push(raw);
  }
  return byDistance.flat().slice(0, SUGGESTED);
}

function between(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return Math.max(a.length, b.length) - start - end;
}
