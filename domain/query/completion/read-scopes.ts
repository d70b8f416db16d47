import type { SqlToken } from "../../shared/sql-tokens";
import { unquotedToken } from "../../shared/unquoted-token";
import { isName, isOneOf, isSign, isWord } from "./token-kinds";

/** A table, a query or a list behind FROM or JOIN; `start` and `end` are places in the tokens. */
export type Relation = {
  alias: string | null;
  columnAliases: string[];
  source: { kind: "table"; parts: string[] } | { kind: "query"; query: Query } | { kind: "unnest" };
  start: number;
  end: number;
};

export type SelectItem = { start: number; end: number };

/** One SELECT with what it can see. `start` and `end` are places in the tokens, `end` behind the last one. */
export type Select = { items: SelectItem[]; relations: Relation[]; start: number; end: number; query: Query };

export type Cte = { name: string; columnAliases: string[]; query: Query };

export type Query = {
  /** Those that it defines itself. */
  ctes: Cte[];
  selects: Select[];
  start: number;
  end: number;
  /** The SELECT that it stands in. */
  parent: Select | null;
  /** The query whose common table expressions it sees. */
  outer: Query | null;
};

const SET_OPERATORS = ["UNION", "INTERSECT", "EXCEPT"];
const AFTER_FROM = [
  "WHERE",
  "GROUP",
  "HAVING",
  "WINDOW",
  "QUALIFY",
  "ORDER",
  "LIMIT",
  "OFFSET",
  "FETCH",
  "SAMPLE",
];
const NO_ALIAS = [
  ...SET_OPERATORS,
  ...AFTER_FROM,
  ...["ON", "USING", "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "ASOF", "SEMI", "ANTI"],
  ...["AS", "FOR", "TABLESAMPLE", "WITH", "SELECT", "FROM", "MATCH_RECOGNIZE", "LATERAL", "SET", "VALUES"],
];
const BEGINS_QUERY = ["SELECT", "WITH", "FROM"];

/**
 * The queries of one statement, as far as its text goes: what is not finished yet, or wrong, is read as well as it can be.
 * Every query of every depth is in the list, inner ones behind outer ones.
 */
export function readScopes(tokens: SqlToken[]): Query[] {
  const reader = new ScopeReader(tokens);
  let start = 0;
  while (start < tokens.length && !isOneOf(tokens[start], ["SELECT", "WITH"])) start += 1;
  if (start < tokens.length) reader.readQuery(start, tokens.length, null, null);
  return reader.queries;
}

class ScopeReader {
  readonly queries: Query[] = [];
  readonly #closing: number[];

  constructor(readonly tokens: SqlToken[]) {
    this.#closing = closingSigns(tokens);
  }

  /** Where the parenthesis at `open` ends: at its partner, or where the text does. */
  #close(open: number): number {
    return this.#closing[open] ?? this.tokens.length;
  }

  readQuery(start: number, end: number, parent: Select | null, outer: Query | null): Query {
    const query: Query = { ctes: [], selects: [], start, end, parent, outer };
    this.queries.push(query);
    let at = isWord(this.tokens[start], "WITH") ? this.#readCtes(start + 1, end, query) : start;
    while (at < end) {
      const next = this.#nextSelect(at, end);
      if (next.at < end) this.#readSelect(next.at, next.end, query);
      at = next.end + 1;
    }
    return query;
  }

  #readCtes(start: number, end: number, query: Query): number {
    let at = isWord(this.tokens[start], "RECURSIVE") ? start + 1 : start;
    while (at < end && isName(this.tokens[at])) {
      const name = unquotedToken(this.tokens[at] as SqlToken);
      at += 1;
      const hasColumns = isSign(this.tokens[at], "(");
      const columnAliases = hasColumns ? this.#names(at) : [];
      if (hasColumns) at = this.#close(at) + 1;
      while (at < end && isOneOf(this.tokens[at], ["AS", "NOT", "MATERIALIZED"])) at += 1;
      if (!isSign(this.tokens[at], "(")) return at;
      const close = this.#close(at);
      const body = this.readQuery(at + 1, close, query.parent, query);
      query.ctes.push({ name, columnAliases, query: body });
      at = close + 1;
      if (!isSign(this.tokens[at], ",")) return at;
      at += 1;
    }
    return at;
  }

  /** The next SELECT at this depth, up to the set operator behind it. */
  #nextSelect(start: number, end: number): { at: number; end: number } {
    let at = start;
    while (at < end && !isOneOf(this.tokens[at], ["SELECT", "FROM"]) && !isSign(this.tokens[at], "("))
      at += 1;
    let stop = at;
    while (stop < end && !isOneOf(this.tokens[stop], SET_OPERATORS))
      stop = isSign(this.tokens[stop], "(") ? this.#close(stop) + 1 : stop + 1;
    return { at, end: Math.min(stop, end) };
  }

  #readSelect(start: number, end: number, query: Query): void {
    if (isSign(this.tokens[start], "(")) {
      const close = this.#close(start);
      const inner = this.readQuery(start + 1, Math.min(close, end), query.parent, query);
      query.selects.push(...inner.selects);
      return;
    }
    const select: Select = { items: [], relations: [], start, end, query };
    query.selects.push(select);
    const from = this.#find(start, end, ["FROM"]);
    this.#readItems(start + 1, Math.min(from, end), select);
    const after = from < end ? this.#readFrom(from + 1, end, select) : end;
    this.#readInner(after, end, select);
  }

  /** The first of the words at this depth, or `end`. */
  #find(start: number, end: number, words: string[]): number {
    for (let at = start; at < end; at = isSign(this.tokens[at], "(") ? this.#close(at) + 1 : at + 1)
      if (isOneOf(this.tokens[at], words) && !this.#isInPath(at)) return at;
    return end;
  }

  /** Right behind a dot: no word of SQL, but part of a name, such as the schema of `lake.sample.orders`. */
  #isInPath(at: number): boolean {
    const dot = this.tokens[at - 1];
    return isSign(dot, ".") && dot?.end === this.tokens[at]?.start;
  }

  #readItems(start: number, end: number, select: Select): void {
    let from = isOneOf(this.tokens[start], ["DISTINCT", "ALL"]) ? start + 1 : start;
    for (let at = from; at <= end; at += 1) {
      if (at < end && isSign(this.tokens[at], "(")) {
        at = Math.min(this.#close(at), end);
        if (at < end) continue;
      }
      if (at < end && !isSign(this.tokens[at], ",")) continue;
      if (at > from) select.items.push({ start: from, end: at });
      from = at + 1;
    }
    this.#readInner(start, end, select);
  }

  /** Queries inside of expressions. */
  #readInner(start: number, end: number, select: Select): void {
    for (let at = start; at < end; at += 1) {
      if (!isSign(this.tokens[at], "(") || !isOneOf(this.tokens[at + 1], BEGINS_QUERY)) continue;
      const close = Math.min(this.#close(at), end);
      this.readQuery(at + 1, close, select, select.query);
      at = close;
    }
  }

  #readFrom(start: number, end: number, select: Select): number {
    const stop = this.#find(start, end, AFTER_FROM);
    let at = start;
    while (at < stop) {
      at = this.#readRelation(at, stop, select);
      const next = this.#find(at, stop, ["JOIN"]);
      const comma = this.#comma(at, stop);
      this.#readInner(at, Math.min(next, comma), select);
      at = Math.min(next, comma) + 1;
    }
    return stop;
  }

  #comma(start: number, end: number): number {
    for (let at = start; at < end; at = isSign(this.tokens[at], "(") ? this.#close(at) + 1 : at + 1)
      if (isSign(this.tokens[at], ",")) return at;
    return end;
  }

  #readRelation(start: number, end: number, select: Select): number {
    const at = isWord(this.tokens[start], "LATERAL") ? start + 1 : start;
    if (at >= end) return end;
    if (isSign(this.tokens[at], "(")) return this.#readParenthesis(at, end, select);
    if (!isName(this.tokens[at]) || isOneOf(this.tokens[at], NO_ALIAS)) return at + 1;
    const { parts, next } = this.#path(at, end);
    if (!isSign(this.tokens[next], "("))
      return this.#readAlias({ source: { kind: "table", parts }, start, end: next }, end, select);
    const close = Math.min(this.#close(next) + 1, end);
    return this.#readAlias({ source: { kind: "unnest" }, start, end: close }, end, select);
  }

  /** A query with an alias, or relations in parentheses. */
  #readParenthesis(open: number, end: number, select: Select): number {
    const close = Math.min(this.#close(open), end);
    if (!isOneOf(this.tokens[open + 1], [...BEGINS_QUERY, "VALUES"])) {
      this.#readFrom(open + 1, close, select);
      return close + 1;
    }
    const query = this.readQuery(open + 1, close, select, select.query);
    const relation = { source: { kind: "query" as const, query }, start: open, end: close + 1 };
    return this.#readAlias(relation, end, select);
  }

  #path(start: number, end: number): { parts: string[]; next: number } {
    const parts = [unquotedToken(this.tokens[start] as SqlToken)];
    let at = start + 1;
    while (isSign(this.tokens[at], ".") && at < end) {
      if (isName(this.tokens[at + 1])) parts.push(unquotedToken(this.tokens[at + 1] as SqlToken));
      at += 2;
    }
    return { parts, next: Math.min(at, end) };
  }

  #readAlias(relation: Pick<Relation, "source" | "start" | "end">, end: number, select: Select): number {
    let at = relation.end;
    if (isWord(this.tokens[at], "WITH") && isWord(this.tokens[at + 1], "ORDINALITY")) at += 2;
    if (isWord(this.tokens[at], "FOR")) while (at < end && !this.#endsMoment(at)) at += 1;
    if (at < end && isWord(this.tokens[at], "AS")) at += 1;
    const token = this.tokens[at];
    const isAlias = at < end && isName(token) && !isOneOf(token, NO_ALIAS);
    if (isAlias) at += 1;
    const hasColumns = isAlias && isSign(this.tokens[at], "(");
    const columnAliases = hasColumns ? this.#names(at) : [];
    if (hasColumns) at = this.#close(at) + 1;
    select.relations.push({
      ...relation,
      alias: isAlias ? unquotedToken(token as SqlToken) : null,
      columnAliases,
    });
    return Math.min(at, end);
  }

  /** `FOR VERSION AS OF 12 t`: the moment is over behind its literal. */
  #endsMoment(at: number): boolean {
    const before = this.tokens[at - 1];
    return before?.kind === "text" || before?.kind === "number";
  }

  #names(open: number): string[] {
    const names: string[] = [];
    for (let at = open + 1; at < this.#close(open); at += 1)
      if (isName(this.tokens[at])) names.push(unquotedToken(this.tokens[at] as SqlToken));
    return names;
  }
}

function closingSigns(tokens: SqlToken[]): number[] {
  const closing: number[] = [];
  const open: number[] = [];
  for (const [at, token] of tokens.entries()) {
    if (isSign(token, "(")) open.push(at);
    else if (isSign(token, ")")) {
      const start = open.pop();
      if (start !== undefined) closing[start] = at;
    }
  }
  return closing;
}
