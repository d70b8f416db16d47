import { tablesOf } from "../task-types/tables-of";
import type { Knowledge } from "./knowledge";
import type { LooseTask } from "./loose-pipeline";
import { knownReads, namesInSql, spellings } from "./names-in-sql";

export type TaskTables = {
  reads: string[];
  writes: string[];
  /** Names that a statement reads behind FROM and JOIN and nobody knows: lower case. */
  unknown: string[];
};

/** What each task reads and writes, by its config, its statement and the saved query that it names. */
export function tablesOfTasks(tasks: readonly LooseTask[], knowledge: Knowledge): TaskTables[] {
  const configured = tasks.map(tablesOf);
  const known = new Map<string, string>();
  for (const name of knowledge.tables ?? []) known.set(name.toLowerCase(), name);
  for (const { writes } of configured) for (const name of writes) known.set(name.toLowerCase(), name);
  return tasks.map((task, index) => {
    const { reads = [], writes = [] } = configured[index] ?? {};
    const sql = readsOfStatement(statementTask(task), known, knowledge);
    const all = [...new Set([...reads, ...sql.reads])];
    return { reads: all, writes, unknown: sql.unknown };
  });
}

/** The task that holds the statement: of a map what it maps. */
function statementTask({ type, config }: LooseTask): { type: string; config: Record<string, unknown> } {
  const inner = config.task as { type?: unknown; config?: unknown } | undefined;
  if (
    type !== "map" ||
    typeof inner?.type !== "string" ||
    typeof inner.config !== "object" ||
    inner.config === null
  )
    return { type, config };
  return { type: inner.type, config: inner.config as Record<string, unknown> };
}

type StatementReads = { reads: string[]; unknown: string[] };
const NOTHING: StatementReads = { reads: [], unknown: [] };

function readsOfStatement(
  { type, config }: { type: string; config: Record<string, unknown> },
  known: Map<string, string>,
  { savedQueries }: Knowledge,
): StatementReads {
  if (type !== "sql_execute") return NOTHING;
  if (typeof config.query_ref === "string" && config.sql === undefined) {
    return { reads: [...(ownEntry(savedQueries, config.query_ref)?.reads ?? [])], unknown: [] };
  }
  if (typeof config.sql !== "string") return NOTHING;
  const isFilledLater = config.sql.includes("{{");
  const unknown = isFilledLater
    ? []
    : namesInSql(config.sql).sources.filter((name) => spellings(name).every((each) => !known.has(each)));
  return { reads: knownReads(config.sql, known), unknown };
}

export const ownEntry = <T>(record: Readonly<Record<string, T>> | null, key: string): T | undefined =>
  record !== null && Object.hasOwn(record, key) ? record[key] : undefined;
