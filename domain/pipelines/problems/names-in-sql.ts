import { type SqlToken, sqlTokens } from "../../shared/sql-tokens";
import { unquotedToken } from "../../shared/unquoted-token";

export type NamesInSql = {
  /** Three-part names wherever they stand; some may be columns of a two-part table. Lower case. */
  whole: string[];
  /** Names of two and of three parts directly behind FROM and JOIN. Lower case. */
  sources: string[];
  /** Three-part names that any of these may mean, each once. */
  candidates: string[];
};

const REMEMBERED = 5_000;
const remembered = new Map<string, NamesInSql>();

/** The names of tables that a statement may read. Texts and comments do not count. */
export function namesInSql(sql: string): NamesInSql {
  const before = remembered.get(sql);
  if (before !== undefined) return before;
  if (remembered.size >= REMEMBERED) remembered.clear();
  const names = readNames(sqlTokens(sql));
  const candidates = [...new Set([...names.whole, ...names.sources.flatMap(spellings)])];
  const found = { ...names, candidates };
  remembered.set(sql, found);
  return found;
}

const isName = (token: SqlToken | undefined): token is SqlToken =>
  token?.kind === "word" || token?.kind === "quoted";

type ReadNames = Omit<NamesInSql, "candidates">;

function readNames(tokens: SqlToken[]): ReadNames {
  const found: ReadNames = { whole: [], sources: [] };
  for (let index = 0; index < tokens.length; index += 1) {
    const first = tokens[index];
    if (!isName(first)) continue;
    const before = tokens[index - 1];
    const parts = [unquotedToken(first).toLowerCase()];
    while (tokens[index + 1]?.text === "." && isName(tokens[index + 2])) {
      parts.push(unquotedToken(tokens[index + 2] as SqlToken).toLowerCase());
      index += 2;
    }
    if (parts.length < 2) continue;
    if (parts.length >= 3) found.whole.push(parts.slice(0, 3).join("."));
    const isSource = before?.kind === "word" && /^(from|join)$/i.test(before.text);
    if (isSource && parts.length <= 3) found.sources.push(parts.join("."));
  }
  return found;
}

/**
 * Which tables a statement reads; `known` has the three-part names by their spelling in lower case. A two-part name is
 * looked for in `lake`, then in `analytics`.
 */
export function knownReads(sql: string, known: ReadonlyMap<string, string>): string[] {
  return [...new Set(namesInSql(sql).candidates.flatMap((name) => known.get(name) ?? []))];
}

export const spellings = (name: string): string[] =>
  name.split(".").length === 2 ? [`lake.${name}`, `analytics.${name}`] : [name];
