import type { DuckdbProblem } from "./duckdb-messages";

const SPACE = /No space left|failed to offload|max_temp_directory_size|disk full/i;

/** DuckDB's errors are told apart by how their text begins. */
const KINDS: [RegExp, DuckdbProblem["code"], string | null][] = [
  [/^INTERRUPT Error|Interrupted/i, "cancelled", "The statement was cancelled."],
  [
    /^Out of Memory Error/i,
    "resource_exhausted",
    "The statement needs more memory than the query engine may use.",
  ],
  [SPACE, "resource_exhausted", "The disk has no room for the statement's result or its intermediate data."],
  [
    /^(Parser|Binder|Catalog|Conversion|Invalid Input|Out of Range|Mismatch Type|Invalid Type|Syntax|Not implemented|Parameter Not Resolved|Expression|Constraint) Error/i,
    "invalid_input",
    null,
  ],
  [
    /^Permission Error/i,
    "invalid_input",
    "The statement reaches for something outside of the workspace's tables.",
  ],
  [/^IO Error/i, "engine_failed", "A file of the tables could not be read."],
];

/** What a DuckDB error means to the person who wrote the statement. Paths never appear in the message. */
export function duckdbProblem(error: unknown): DuckdbProblem {
  const text = error instanceof Error ? error.message : String(error);
  for (const [pattern, code, message] of KINDS) {
    if (pattern.test(text)) return { code, message: message ?? text.trim() };
  }
  return { code: "engine_failed", message: "The query engine failed on this statement." };
}
