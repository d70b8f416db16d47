import { z } from "zod";
import { QualifiedName } from "../document/fields";
import type { TaskType } from "./task-type";

const QualityCheckConfig = z.strictObject({
  suite: z
    .string()
    .min(1)
    .max(200)
    .meta({
      title: "Suite",
      description: "The expectations that are checked.",
      examples: ["demand_features_validation"],
    }),
  table: QualifiedName.meta({ title: "Table", examples: ["analytics.derived.demand_features"] }),
  fail_on_breach: z
    .boolean()
    .default(true)
    .meta({ title: "Fail on a breach", description: "Without it a breach is a warning." }),
});
type QualityCheckConfig = z.infer<typeof QualityCheckConfig>;

export const qualityCheck = {
  type: "quality_check",
  label: "Check quality",
  summary: "Checks a table against a suite of expectations.",
  group: "shape",
  config: QualityCheckConfig,
  initial: { suite: "new_suite", table: "analytics.derived.new_table" },
  maxAttempts: 1,
  unavailable:
    "Quality checks run once the quality room is there. Until then the pipeline can be saved as a draft; sql_execute can check a table with a statement.",
  reads: ({ table }) => [table],
} as const satisfies TaskType<"quality_check", QualityCheckConfig>;
