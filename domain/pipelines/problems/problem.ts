/** What kind of trouble: the same kind looks and is mended alike. */
export const PROBLEM_CODES = [
  "not_an_object",
  "unknown_field",
  "wrong_type",
  "wrong_value",
  "unknown_type",
  "unavailable_type",
  "duplicate_id",
  "cycle",
  "table_cycle",
  "unknown_task",
  "unknown_reference",
  "not_upstream",
  "expression",
  "type_mismatch",
  "missing_secret",
  "impossible_resources",
  "unreachable_task",
  "duplicate_output",
  "unordered_read",
  "leakage",
  "version_skew",
  "schedule",
  "timeout",
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export type Problem = {
  /** JSON pointer into the document. */
  pointer: string;
  /** The task at which the graph shows it; null where it is of the whole. */
  taskId: string | null;
  /** An error forbids to activate the pipeline or makes a run fail; a warning is worth a look. */
  severity: "error" | "warning";
  code: ProblemCode;
  message: string;
  hint: string | null;
  /** Setting `value` at `pointer` mends it. */
  fix?: { label: string; pointer: string; value: unknown };
};
