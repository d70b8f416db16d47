import { z } from "zod";
import { QualifiedName } from "../document/fields";
import type { TaskType } from "./task-type";

const SqlExecuteConfig = z.strictObject({
  query_ref: QualifiedName.optional().meta({
    title: "Saved query",
    description: "Its newest version runs.",
    examples: ["analytics.queries.demand_features"],
  }),
  sql: z
    .string()
    .min(1)
    .optional()
    .meta({ title: "SQL", description: "A statement that returns rows, instead of a saved query." }),
  target_table: QualifiedName.meta({
    title: "Target table",
    description: "Made where it is not there.",
    examples: ["analytics.derived.demand_features"],
  }),
  write_mode: z.enum(["overwrite", "append", "merge"]).meta({
    title: "Write mode",
    description:
      "overwrite: the table holds exactly the result. append: the result is added. merge: rows with equal keys are replaced, others are added.",
  }),
  merge_keys: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .meta({
      title: "Merge keys",
      description: "The columns that tell rows apart.",
      examples: [["product_id", "sale_date"]],
    }),
  branch: z
    .string()
    .regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,99}$/u, "Use letters, digits, _, - and .")
    .optional()
    .meta({
      title: "Branch",
      description:
        "Lands there, unseen by readers until the branch is published; made where it is not there.",
    }),
  dialect: z
    .enum(["duckdb", "trino"])
    .optional()
    .meta({ title: "Dialect", description: "The saved query's own, else duckdb, where it is absent." }),
});
type SqlExecuteConfig = z.infer<typeof SqlExecuteConfig>;

export const sqlExecute = {
  type: "sql_execute",
  label: "SQL",
  summary: "Writes the result of a statement into a table.",
  group: "shape",
  config: SqlExecuteConfig,
  initial: { sql: "SELECT 1 AS a", target_table: "analytics.derived.new_table", write_mode: "overwrite" },
  maxAttempts: 1,
  unavailable: null,
  writes: ({ target_table }) => [target_table],
  check: ({ config }) => [
    ...((config.sql === undefined) === (config.query_ref === undefined)
      ? [{ pointer: "/config", message: "Give either sql or query_ref, the name of a saved query." }]
      : []),
    ...(config.write_mode === "merge" && config.merge_keys === undefined
      ? [
          {
            pointer: "/config/merge_keys",
            message: "A merge needs merge_keys: the columns that tell rows apart.",
          },
        ]
      : []),
    ...(config.write_mode !== "merge" && config.merge_keys !== undefined
      ? [
          {
            pointer: "/config/merge_keys",
            message: `Only a merge has keys, and write_mode is ${config.write_mode}. Remove them or write merge.`,
          },
        ]
      : []),
  ],
} as const satisfies TaskType<"sql_execute", SqlExecuteConfig>;
