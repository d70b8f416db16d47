import { parseTableName } from "../ports/table-name";
import { type SqlToken, sqlTokens } from "../shared/sql-tokens";
import { unquotedToken } from "../shared/unquoted-token";

const isName = (token: SqlToken | undefined): boolean => token?.kind === "word" || token?.kind === "quoted";
const partOf = (token: SqlToken): string => unquotedToken(token).toLowerCase();
const lowerParts = (name: string): string[] =>
  Object.values(parseTableName(name)).map((part) => part.toLowerCase());

/**
 * Which of `tables` (three-part names) a statement names: by three parts wherever it does, by the last two after FROM
 * and JOIN. Sorted. Texts and comments do not count.
 */
export function tablesRead(sql: string, tables: string[]): string[] {
  const byName = new Map(tables.map((name) => [lowerParts(name).join("\0"), name]));
  const found = new Set<string>();
  const tokens = sqlTokens(sql);
  for (let index = 0; index < tokens.length; index += 1) {
    if (!isName(tokens[index])) continue;
    const before = tokens[index - 1];
    const parts = [tokens[index] as SqlToken];
    while (tokens[index + 1]?.text === "." && isName(tokens[index + 2])) {
      parts.push(tokens[index + 2] as SqlToken);
      index += 2;
    }
    const written = parts.map(partOf);
    const whole = byName.get(written.slice(0, 3).join("\0"));
    if (whole !== undefined) found.add(whole);
    else if (written.length === 2 && isSource(before)) {
      const short = shortName(written, byName);
      if (short !== undefined) found.add(short);
    }
  }
  return [...found].sort();
}

const isSource = (token: SqlToken | undefined): boolean =>
  token?.kind === "word" && ["FROM", "JOIN"].includes(token.text.toUpperCase());

/** A two-part name resolves in `lake`, then in `analytics`. */
const shortName = (written: string[], byName: Map<string, string>): string | undefined =>
  ["lake", "analytics"]
    .map((catalog) => byName.get([catalog, ...written].join("\0")))
    .find((name) => name !== undefined);
