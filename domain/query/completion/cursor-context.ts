import { type SqlToken, sqlTokens } from "../../shared/sql-tokens";
import { unquotedToken } from "../../shared/unquoted-token";
import { type Query, readScopes, type Select } from "./read-scopes";
import { isName, isOneOf, isSign, isWord } from "./token-kinds";

/** What can stand where the cursor is. */
export type Expected =
  /** In a text or a comment. */
  | "nothing"
  | "statement"
  | "table"
  /** Behind a whole relation: a join, or the next clause. */
  | "after_table"
  | "expression"
  /** Behind a whole expression: an operator, or the next clause. */
  | "after_expression"
  /** Right behind ON. */
  | "join_condition"
  | "using_column"
  | "insert_column"
  | "type";

export type CursorContext = {
  tokens: SqlToken[];
  /** Tokens that lie before what is being typed. */
  count: number;
  expected: Expected;
  /** `a.b.` before what is typed, unquoted. */
  qualifiers: string[];
  typed: string;
  /** What an answer replaces: offsets in the statement. */
  from: number;
  to: number;
  isQuoted: boolean;
  isAfterJoin: boolean;
  /** Whether what is typed may be an alias without AS. */
  mayBeAlias: boolean;
  query: Query | null;
  select: Select | null;
  /** For `insert_column`: the table. */
  target: string[];
};

const CLAUSES = [
  ...["SELECT", "FROM", "JOIN", "ON", "USING", "WHERE", "HAVING", "QUALIFY", "BY", "INTO", "TABLE", "UPDATE"],
  ...["LIMIT", "OFFSET", "SET", "VALUES", "WITH", "WINDOW", "DESCRIBE", "EXPLAIN"],
];
const OPERATORS = [
  ...["AND", "OR", "NOT", "IN", "LIKE", "ILIKE", "BETWEEN", "IS", "CASE", "WHEN", "THEN", "ELSE", "DISTINCT"],
  ...["ALL", "ANY", "SOME", "ESCAPE", "EXISTS", "RETURNING", "AS", "FILTER", "OVER"],
];

/** What the text before and behind the cursor says about what can be typed there. `offset` is in UTF-16 units. */
export function cursorContext(sql: string, offset: number): CursorContext {
  const all = sqlTokens(sql);
  const under = all.find(({ start, end, kind }) => start < offset && offset <= end && kind !== "sign");
  const isBeing = under !== undefined && (isName(under) || (under.kind === "number" && offset === under.end));
  const openQuote = isBeing ? undefined : lastOpenQuote(all, offset);
  const count = all.filter(({ end, start }) => end <= offset && start !== under?.start).length;
  const before = all.slice(0, openQuote === undefined ? count : all.indexOf(openQuote));
  const from = openQuote?.start ?? (isBeing ? under.start : offset);
  const typed = sql.slice(from, offset).replace(/^"/, "").replaceAll('""', '"');
  const qualifiers = qualifiersBefore(before);
  const path = before.slice(0, before.length - 2 * qualifiers.length);
  const queries = readScopes(all);
  const query = innermost(queries, before.length);
  const select =
    query?.selects.find(({ start, end }) => start < before.length && before.length <= end) ?? null;
  const clause = clauseBefore(path);
  const isLost =
    openQuote?.text === "'" ||
    under?.kind === "text" ||
    under?.kind === "number" ||
    isInComment(sql, offset, all, from);
  return {
    tokens: all,
    count: before.length,
    expected: isLost ? "nothing" : expectedAfter(path, clause),
    qualifiers,
    typed,
    from,
    to: isBeing && openQuote === undefined ? under.end : offset,
    isQuoted: openQuote?.text === '"' || under?.kind === "quoted",
    isAfterJoin: isWord(path.at(-1), "JOIN"),
    mayBeAlias: qualifiers.length === 0 && mayTakeAlias(path, clause),
    query,
    select,
    target: clause.target,
  };
}

/** A quote that is never closed, before the cursor. */
const lastOpenQuote = (tokens: SqlToken[], offset: number): SqlToken | undefined =>
  tokens.find((token) => token.start < offset && (isSign(token, "'") || isSign(token, '"')));

function isInComment(sql: string, offset: number, tokens: SqlToken[], from: number): boolean {
  const start = tokens.findLast(({ end }) => end <= from)?.end ?? 0;
  const gap = sql.slice(start, offset);
  const comment = /--[^\n]*$|\/\*(?:(?!\*\/)[\s\S])*$/.exec(gap.replace(/\/\*[\s\S]*?\*\//g, ""));
  return comment !== null;
}

function qualifiersBefore(tokens: SqlToken[]): string[] {
  const found: string[] = [];
  for (let at = tokens.length - 1; at > 0 && isSign(tokens[at], "."); at -= 2) {
    const name = tokens[at - 1];
    if (!isName(name)) break;
    found.unshift(unquotedToken(name as SqlToken));
  }
  return found;
}

const innermost = (queries: Query[], count: number): Query | null =>
  queries
    .filter(({ start, end }) => start <= count && count <= end)
    .reduce<Query | null>((best, query) => (best === null || query.start >= best.start ? query : best), null);

type Clause = { word: string; target: string[]; isInList: boolean; isCast: boolean };

/** The clause that the last of the tokens stands in, looking out of parentheses that are still open. */
function clauseBefore(tokens: SqlToken[]): Clause {
  let depth = 0;
  let found: Omit<Clause, "word"> = { target: [], isInList: false, isCast: false };
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const token = tokens[at] as SqlToken;
    if (isSign(token, ")")) depth += 1;
    else if (isSign(token, "(") && depth > 0) depth -= 1;
    else if (isSign(token, "(")) {
      const list = openList(tokens, at, found);
      if ("word" in list) return list;
      found = list;
    } else if (depth === 0 && isOneOf(token, CLAUSES) && !isSign(tokens[at - 1], "."))
      return { word: token.text.toUpperCase(), ...found };
  }
  return { word: "", ...found };
}

/** What an open parenthesis says: the clause itself, or what is known while one looks on. */
function openList(
  tokens: SqlToken[],
  at: number,
  found: Omit<Clause, "word">,
): Clause | Omit<Clause, "word"> {
  const owner = tokens[at - 1];
  if (isWord(owner, "USING")) return { ...found, word: "USING", isInList: true };
  const target = insertTarget(tokens.slice(0, at));
  if (target.length > 0) return { ...found, word: "INSERT", target, isInList: true };
  if (isOneOf(owner, ["FROM", "JOIN"])) return found;
  const isCast = found.isCast || (isOneOf(owner, ["CAST", "TRY_CAST"]) && isWord(tokens.at(-1), "AS"));
  return { ...found, isInList: true, isCast };
}

function insertTarget(tokens: SqlToken[]): string[] {
  const into = tokens.findLastIndex((token) => isWord(token, "INTO"));
  const name = tokens.slice(into + 1);
  const isTarget =
    into !== -1 && name.length > 0 && name.every((token) => isName(token) || isSign(token, "."));
  return isTarget ? name.filter(isName).map(unquotedToken) : [];
}

const TABLE_CLAUSES = ["FROM", "JOIN", "INTO", "TABLE", "UPDATE", "DESCRIBE"];

/** What follows from the clause alone. */
const BY_CLAUSE: Record<string, Expected> = {
  INSERT: "insert_column",
  EXPLAIN: "statement",
  WITH: "statement",
};

function expectedAfter(tokens: SqlToken[], { word, isInList, isCast }: Clause): Expected {
  const last = tokens.at(-1);
  if (last === undefined) return "statement";
  if (isCast) return "type";
  // A name that is made up here.
  if (isWord(last, "AS") && !isInList && NAMED_CLAUSES.includes(word)) return "nothing";
  if (word === "USING") return isInList ? "using_column" : "after_table";
  const given = BY_CLAUSE[word];
  if (given !== undefined) return given;
  if (isWord(last, "ON")) return "join_condition";
  const [open, whole] = isInList ? EXPRESSION : placesIn(word);
  return endsExpression(last) ? whole : open;
}

const NAMED_CLAUSES = ["SELECT", "FROM", "JOIN"];
const WORDS = [...CLAUSES, ...OPERATORS];

/** Behind a column or a table that has no alias yet. */
function mayTakeAlias(tokens: SqlToken[], { word, isInList }: Clause): boolean {
  const last = tokens.at(-1);
  if (last === undefined || isInList || !NAMED_CLAUSES.includes(word)) return false;
  const before = tokens.at(-2);
  const isNamed = isSign(before, ")") || (isName(before) && !isOneOf(before, WORDS));
  return endsExpression(last) && !isWord(before, "AS") && !(isName(last) && isNamed);
}

const EXPRESSION = ["expression", "after_expression"] as const;

/** What a clause wants first, and what may come behind it. */
function placesIn(word: string): readonly [Expected, Expected] {
  if (word === "") return ["statement", "after_expression"];
  return TABLE_CLAUSES.includes(word) ? ["table", "after_table"] : EXPRESSION;
}

const endsExpression = (token: SqlToken): boolean =>
  token.kind === "number" ||
  token.kind === "text" ||
  isSign(token, ")") ||
  isSign(token, "]") ||
  (isName(token) && !isOneOf(token, WORDS));
