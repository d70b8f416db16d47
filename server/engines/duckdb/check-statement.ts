import { parseTableName } from "../../../domain/ports/table-name";
import { OFFERED_FUNCTIONS, OFFERED_TABLE_FUNCTIONS } from "./offered-functions";
import { type ScopedNode, scopedNodes, type TreeNode } from "./scoped-nodes";

/** What a statement may read: tables by their three-part names, and all tables of databases by their catalogs' names. */
export type Readable = { tables: string[]; databases: string[] };

/** `place` is where in the statement it lies: a number of bytes of its UTF-8 text, or of its characters. */
export type StatementProblem = {
  code: "invalid_input";
  message: string;
  hint?: string;
  place?: StatementPlace;
};
export type StatementPlace = { at: number; unit: "bytes" | "characters" };

/** Everything that a statement may be made of, as DuckDB's parse tree names it. What is not here is refused. */
const NODES = new Set([
  ...["SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"],
  ...["BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EMPTY", "EXPRESSION_LIST", "PIVOT", "SHOW_REF"],
  ...["ORDER_MODIFIER", "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "DISTINCT_MODIFIER"],
  ...["ORDER_DEFAULT", "ASCENDING", "DESCENDING"],
  ...["DECIMAL_TYPE_INFO", "LIST_TYPE_INFO", "ARRAY_TYPE_INFO", "STRUCT_TYPE_INFO", "STRING_TYPE_INFO"],
  ...["ENUM_TYPE_INFO", "UNBOUND_TYPE_INFO"],
]);
const EXPRESSIONS = new Set([
  ...[
    "BETWEEN",
    "CASE",
    "CAST",
    "COLLATE",
    "COLUMN_REF",
    "COMPARISON",
    "CONJUNCTION",
    "CONSTANT",
    "FUNCTION",
  ],
  ...["LAMBDA", "LAMBDA_REF", "OPERATOR", "POSITIONAL_REFERENCE", "STAR", "SUBQUERY", "TYPE", "WINDOW"],
]);
const SHOWN = new Set(["DESCRIBE", "SUMMARY"]);

/** A name that DuckDB takes neither for a file, which it knows by the extension, nor for one of its own views. */
const PLAIN_NAME =
  /^(?!(duckdb_|pragma_|sqlite_|pg_|information_schema$|temp$|main$|system$|memory$))[^./\\:*?]+$/i;
/** Where a database tells of itself, and not of what people keep in it. */
const INNER_SCHEMA = /^(pg_.*|information_schema)$/i;

const SINGLE_SELECT = {
  code: "invalid_input",
  message: "The text must be exactly one SELECT statement.",
  hint: "Remove other statements; a table is read by SELECT alone.",
} as const;

/** What is wrong with a statement, or null where it may run. `tree` is what DuckDB's `json_serialize_sql` gives for it. */
export function checkStatement(tree: unknown, { tables, databases }: Readable): StatementProblem | null {
  const { error, error_type, error_message, position, statements } = tree as TreeNode;
  if (error === true) {
    if (error_type !== "parser") return { ...SINGLE_SELECT };
    return {
      code: "invalid_input",
      message: `Syntax error: ${String(error_message)}`,
      ...placeOf(Number(position), "characters"),
    };
  }
  if (!Array.isArray(statements) || statements.length !== 1) return { ...SINGLE_SELECT };

  const offer: Offer = {
    tables: new Map(tables.flatMap(namesOf)),
    databases: new Set(databases.map(lower)),
  };
  for (const scoped of scopedNodes(statements[0])) {
    const problem = checkNode(scoped, offer);
    if (problem !== null) return { ...problem, ...placeOf(Number(scoped.node.query_location), "bytes") };
  }
  return null;
}

/** Those of the readable that a statement may mean, by its parse tree: `b.c` means every table `a.b.c`. */
export function mentioned(tree: unknown, { tables, databases }: Readable): Readable {
  const names: string[][] = [];
  for (const { node } of scopedNodes(tree)) names.push(partsOf(node));
  const keys = new Set(names.map(keyOf));
  const catalogs = new Set(names.flatMap((parts) => (parts.length === 3 ? [lower(parts[0] ?? "")] : [])));
  return {
    tables: tables.filter((table) => namesOf(table).some(([key]) => keys.has(key))),
    databases: databases.filter((database) => catalogs.has(lower(database))),
  };
}

type Offer = { tables: Map<string, string>; databases: Set<string> };

function checkNode({ node, ctes }: ScopedNode, offer: Offer): StatementProblem | null {
  const { class: expression, type } = node;
  if (typeof expression === "string") {
    if (expression === "PARAMETER") return parameter();
    if (!EXPRESSIONS.has(expression)) return notOffered(expression);
    return typeof node.function_name === "string" ? checkFunction(node, OFFERED_FUNCTIONS) : null;
  }
  if (typeof type !== "string") return null;
  if (!NODES.has(type)) return notOffered(type);
  switch (type) {
    case "BASE_TABLE":
      return checkTable(node, ctes, offer);
    case "SHOW_REF":
      return node.query === undefined || !SHOWN.has(String(node.show_type)) ? { ...SINGLE_SELECT } : null;
    case "TABLE_FUNCTION":
      return checkFunction(node.function as TreeNode, OFFERED_TABLE_FUNCTIONS);
    default:
      return null;
  }
}

/** A function of another schema is somebody's own; the parser itself writes these two (`[1, 2]`, `AT TIME ZONE`). */
function checkFunction(node: TreeNode, offered: ReadonlySet<string>): StatementProblem | null {
  const { function_name, schema = "", catalog = "" } = node ?? {};
  const name = lower(String(function_name));
  const isBuiltIn =
    ["", "main", "pg_catalog"].includes(String(schema)) && ["", "system"].includes(String(catalog));
  return offered.has(name) && isBuiltIn ? null : refusedFunction(name);
}

function checkTable(node: TreeNode, ctes: ReadonlySet<string>, offer: Offer): StatementProblem | null {
  if (node.at_clause !== undefined) return notOffered("AT");
  const parts = partsOf(node);
  const [first = "", second = ""] = parts;
  if (parts.length === 1 && ctes.has(lower(first)) && PLAIN_NAME.test(first)) return null;
  if (parts.length > 1 && offer.tables.has(keyOf(parts))) return null;
  if (parts.length === 3 && offer.databases.has(lower(first)) && !INNER_SCHEMA.test(second)) return null;
  return {
    code: "invalid_input",
    message: `There is no table "${parts.join(".")}" here.`,
    hint: hintOf(offer),
  };
}

function hintOf({ tables, databases }: Offer): string {
  const full = [...new Set(tables.values())].sort();
  const all = [...full, ...[...databases].sort().map((name) => `${name}.<schema>.<table>`)];
  if (all.length === 0) return "No tables were offered to this statement.";
  return all.length > 8
    ? `Tables: ${all.slice(0, 8).join(", ")} and ${all.length - 8} more.`
    : `Tables: ${all.join(", ")}.`;
}

const partsOf = (node: TreeNode): string[] =>
  [node.catalog_name, node.schema_name, node.table_name].filter(
    (part): part is string => typeof part === "string" && part !== "",
  );

/** The parser counts characters, the tree bytes; where no place is known it is the largest number. */
const placeOf = (at: number, unit: StatementPlace["unit"]): { place?: StatementPlace } =>
  Number.isSafeInteger(at) && at >= 0 ? { place: { at, unit } } : {};

const refusedFunction = (name: string): StatementProblem => ({
  code: "invalid_input",
  message: `The function ${name} is not offered.`,
  hint: "Statements read the tables of the workspace, not files or settings.",
});

const notOffered = (what: string): StatementProblem => ({
  code: "invalid_input",
  message: `This form of a statement is not offered here: ${what}.`,
});

const parameter = (): StatementProblem => ({
  code: "invalid_input",
  message: "The statement has a parameter without a value.",
});

const lower = (text: string): string => text.toLowerCase();
/** Names differ in case only where they differ in their parts: a part may hold a dot. */
const keyOf = (parts: string[]): string => JSON.stringify(parts.map(lower));
/** `a.b.c` may also be written `b.c`. */
function namesOf(name: string): [string, string][] {
  const { catalog, schema, table } = parseTableName(name);
  return [
    [keyOf([catalog, schema, table]), name],
    [keyOf([schema, table]), name],
  ];
}
