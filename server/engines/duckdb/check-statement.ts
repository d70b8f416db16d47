import { parseTableName } from "../../../domain/ports/table-name";
import type { DuckdbProblem } from "./duckdb-messages";

type Node = { [key: string]: unknown };

const TABLE_FUNCTIONS = new Set([
  "range",
  "generate_series",
  "unnest",
  "repeat",
  "repeat_row",
  "json_each",
  "json_tree",
]);

/** Scalar functions that look at, or change, more than their arguments. Everything else is only a computation. */
const REFUSED_FUNCTIONS = new Set([
  "getenv",
  "current_setting",
  "getvariable",
  "current_query",
  "query",
  "query_table",
  "nextval",
  "currval",
  "setseed",
  "pg_sleep",
  "sleep_ms",
  "write_log",
  "add_parquet_key",
  "json_execute_serialized_sql",
]);
const REFUSED_PREFIX =
  /^(read_|pragma_|duckdb_|postgres_|sqlite_|mysql_|iceberg_|parquet_|st_read|http_|which_)/;

/** A name that DuckDB cannot take for a file: files are recognized by their extension. */
const PLAIN_NAME = /^[^./\\:*?]+$/;

const SINGLE_SELECT = {
  code: "invalid_input",
  message: "The text must be exactly one SELECT statement.",
  hint: "Remove other statements; a table is read by SELECT alone.",
} as const;

/**
 * What is wrong with a statement, or null where it may run. `tree` is the output of DuckDB's `json_serialize_sql`
 * for it, and `tables` are the three-part names that it may read.
 */
export function checkStatement(tree: unknown, tables: string[]): DuckdbProblem | null {
  const { error, error_type, error_message, statements } = tree as Node;
  if (error === true) {
    if (error_type === "parser")
      return { code: "invalid_input", message: `Syntax error: ${String(error_message)}` };
    return { ...SINGLE_SELECT };
  }
  if (!Array.isArray(statements) || statements.length !== 1) return { ...SINGLE_SELECT };

  const nodes = [...walk(statements[0])];
  const ctes = new Set(nodes.flatMap(cteNames).map(lower));
  const readable = new Map(tables.flatMap(namesOf));
  for (const node of nodes) {
    const problem = checkNode(node, ctes, readable);
    if (problem !== null) return problem;
  }
  return null;
}

/** Those of `tables` that a statement may mean, by its parse tree: `b.c` means every table `a.b.c`. */
export function mentionedTables(tree: unknown, tables: string[]): Set<string> {
  const mentioned = new Set([...walk(tree)].map((node) => keyOf(partsOf(node))));
  return new Set(tables.filter((table) => namesOf(table).some(([key]) => mentioned.has(key))));
}

function checkNode(node: Node, ctes: Set<string>, readable: Map<string, string>): DuckdbProblem | null {
  if (node.type === "BASE_TABLE") return checkTable(node, ctes, readable);
  if (node.type === "SHOW_REF" && node.query === undefined) return { ...SINGLE_SELECT };
  if (node.type === "TABLE_FUNCTION") {
    const name = functionName(node.function as Node);
    return TABLE_FUNCTIONS.has(name) ? null : refusedFunction(name);
  }
  if (typeof node.function_name === "string") {
    const name = functionName(node);
    return REFUSED_FUNCTIONS.has(name) || REFUSED_PREFIX.test(name) ? refusedFunction(name) : null;
  }
  return null;
}

function checkTable(node: Node, ctes: Set<string>, readable: Map<string, string>): DuckdbProblem | null {
  const parts = partsOf(node);
  const name = parts.join(".");
  const isCte = parts.length === 1 && ctes.has(lower(name)) && PLAIN_NAME.test(name);
  if (isCte || (parts.length > 1 && readable.has(keyOf(parts)))) return null;
  return {
    code: "invalid_input",
    message: `There is no table "${name}" here.`,
    hint: readable.size === 0 ? "No tables were offered to this statement." : `Tables: ${offered(readable)}.`,
  };
}

const partsOf = (node: Node): string[] =>
  [node.catalog_name, node.schema_name, node.table_name].filter(
    (part): part is string => typeof part === "string" && part !== "",
  );

function offered(readable: Map<string, string>): string {
  const full = [...new Set(readable.values())].sort();
  return full.length > 8 ? `${full.slice(0, 8).join(", ")} and ${full.length - 8} more` : full.join(", ");
}

function refusedFunction(name: string): DuckdbProblem {
  return {
    code: "invalid_input",
    message: `The function ${name} is not offered.`,
    hint: "Statements read the tables of the workspace, not files or settings.",
  };
}

const lower = (text: string): string => text.toLowerCase();
const functionName = (node: Node): string => lower(String(node.function_name));
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

function cteNames(node: Node): string[] {
  const entries = (node.cte_map as { map?: { key: string }[] } | undefined)?.map ?? [];
  return [
    ...entries.map((entry) => entry.key),
    ...(typeof node.cte_name === "string" ? [node.cte_name] : []),
  ];
}

/** Every object of the tree, without recursion: statements may nest deeply. */
function* walk(root: unknown): Iterable<Node> {
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (value === null || typeof value !== "object") continue;
    if (!Array.isArray(value)) yield value as Node;
    for (const child of Object.values(value)) open.push(child);
  }
}
