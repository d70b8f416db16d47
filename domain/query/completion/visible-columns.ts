import type { SqlToken } from "../../shared/sql-tokens";
import { unquotedToken } from "../../shared/unquoted-token";
import type { CompletionTable } from "./completion-names";
import { columnsOfTable, findTable, type KnownColumn, type NameModel } from "./name-model";
import type { Cte, Query, Relation, Select } from "./read-scopes";
import { isName, isSign, isWord } from "./token-kinds";

/** Queries read from queries, at most this deep: one may mean itself. */
const DEEPEST = 24;

/** A relation with what it gives. `name` is how its columns are qualified. */
export type Visible = {
  relation: Relation;
  name: string;
  columns: KnownColumn[];
  table: CompletionTable | null;
};

/** Common table expressions that a query sees, the nearest first. */
export function visibleCtes(query: Query): Cte[] {
  const found: Cte[] = [];
  for (let at: Query | null = query; at !== null; at = at.outer) found.push(...[...at.ctes].reverse());
  return found;
}

/** What a SELECT reads from, with its columns. */
export const visibleRelations = (select: Select, tokens: SqlToken[], model: NameModel): Visible[] =>
  select.relations.map((relation) => readRelation(relation, select.query, tokens, model, 0));

function readRelation(
  relation: Relation,
  query: Query,
  tokens: SqlToken[],
  model: NameModel,
  depth: number,
): Visible {
  const { source, alias, columnAliases } = relation;
  const renamed = (columns: KnownColumn[]): KnownColumn[] => [
    ...columns.map((column, index) => ({ ...column, name: columnAliases[index] ?? column.name })),
    ...columnAliases.slice(columns.length).map((name) => ({ name, type: "" })),
  ];
  if (source.kind === "unnest") return { relation, name: alias ?? "", columns: renamed([]), table: null };
  if (source.kind === "query")
    return {
      relation,
      name: alias ?? "",
      columns: renamed(outputColumns(source.query, tokens, model, depth + 1)),
      table: null,
    };
  const { parts } = source;
  const name = alias ?? parts.at(-1) ?? "";
  const own = parts[0]?.toLowerCase();
  const cte =
    parts.length === 1 ? visibleCtes(query).find((each) => each.name.toLowerCase() === own) : undefined;
  if (cte !== undefined) {
    const columns = outputColumns(cte.query, tokens, model, depth + 1);
    const named = columns.map((column, index) => ({
      ...column,
      name: cte.columnAliases[index] ?? column.name,
    }));
    return { relation, name, columns: renamed(named), table: null };
  }
  const table = findTable(model, parts);
  return {
    relation,
    name,
    columns: renamed(table === null ? [] : columnsOfTable(model.names, table)),
    table,
  };
}

/** The columns that a query gives, by its first SELECT; the name is "" where it has none, the type where it is not that of a column. */
export function outputColumns(
  query: Query,
  tokens: SqlToken[],
  model: NameModel,
  depth: number,
): KnownColumn[] {
  const [select] = query.selects;
  if (select === undefined || depth > DEEPEST) return [];
  const relations = select.relations.map((relation) =>
    readRelation(relation, select.query, tokens, model, depth),
  );
  return select.items.flatMap(({ start, end }) => itemColumns(tokens.slice(start, end), relations));
}

function itemColumns(item: SqlToken[], relations: Visible[]): KnownColumn[] {
  const last = item.at(-1);
  if (last === undefined) return [];
  if (isSign(last, "*")) {
    if (item.length === 1) return relations.flatMap(({ columns }) => columns);
    const owner = item[0] as SqlToken;
    return relations.find(({ name }) => isName(owner) && sameName(name, unquotedToken(owner)))?.columns ?? [];
  }
  if (!isName(last)) return [{ name: "", type: "" }];
  const name = unquotedToken(last);
  const before = item.at(-2);
  const isPath = before === undefined || isSign(before, ".");
  if (isPath) return [{ name, type: typeOfPath(item, relations) }];
  const isAlias =
    isWord(before, "AS") || before.kind !== "sign" || isSign(before, ")") || isSign(before, "]");
  if (!isAlias) return [{ name: "", type: "" }];
  const body = item.slice(0, isWord(before, "AS") ? -2 : -1);
  return [{ name, type: typeOfPath(body, relations) }];
}

/** `a.b` or `b`: the type of that column; "" for anything that is computed. */
function typeOfPath(path: SqlToken[], relations: Visible[]): string {
  const names = path.filter((_, index) => index % 2 === 0);
  const isPath =
    names.every(isName) &&
    path.every((token, index) => index % 2 === 0 || isSign(token, ".")) &&
    path.length < 4;
  if (!isPath || path.length === 0) return "";
  const [column = "", owner] = names.map(unquotedToken).reverse();
  const within = owner === undefined ? relations : relations.filter(({ name }) => sameName(name, owner));
  for (const { columns } of within) {
    const found = columns.find((each) => sameName(each.name, column));
    if (found !== undefined) return found.type;
  }
  return "";
}

export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
