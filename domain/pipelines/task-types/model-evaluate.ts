import { z } from "zod";
import { Duration } from "../document/fields";
import type { TaskType } from "./task-type";

const ModelEvaluateConfig = z.strictObject({
  validation_window: Duration.meta({
    title: "Validation window",
    description: "The newest days, which the models were not trained on.",
    examples: ["14d"],
  }),
  metrics: z
    .array(z.enum(["mape", "wape", "rmse", "bias"]))
    .min(1)
    .meta({ title: "Metrics" }),
  thresholds: z
    .strictObject({
      mape_max: z
        .number()
        .positive()
        .optional()
        .meta({ title: "Largest MAPE", examples: [0.15] }),
      wape_max: z
        .number()
        .positive()
        .optional()
        .meta({ title: "Largest WAPE", examples: [0.2] }),
      rmse_max: z.number().positive().optional().meta({ title: "Largest RMSE" }),
      bias_range: z
        .tuple([z.number(), z.number()])
        .optional()
        .meta({ title: "Bias, from and to", examples: [[-0.05, 0.05]] }),
    })
    .meta({ title: "Thresholds", description: "Fractions: 0.15 is 15 %." }),
  fail_on_threshold_breach: z
    .boolean()
    .default(true)
    .meta({ title: "Fail on a breach", description: "Without it a breach is noted only." }),
  holdout_split: z.literal("last_14_days").optional().meta({ title: "Split" }),
  holdout_label: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .meta({
      title: "Label of the held-out days",
      description: "What is special about them, for people.",
      examples: ["Christmas"],
    }),
});
type ModelEvaluateConfig = z.infer<typeof ModelEvaluateConfig>;

export const modelEvaluate = {
  type: "model_evaluate",
  label: "Evaluate",
  summary: "Judges the forecasts of a training before it against thresholds.",
  group: "learn",
  config: ModelEvaluateConfig,
  initial: { validation_window: "14d", metrics: ["mape", "rmse", "bias"], thresholds: { mape_max: 0.15 } },
  maxAttempts: 1,
  unavailable: null,
  check: ({ config: { thresholds } }, upstream) => [
    ...(upstream.some(writesBacktest)
      ? []
      : [
          {
            pointer: "/depends_on",
            message:
              "No ray_train task before this one writes the output table backtest. Depend on one that does: its output_tables name it, or it has none.",
          },
        ]),
    ...(thresholds.bias_range !== undefined && thresholds.bias_range[0] > thresholds.bias_range[1]
      ? [
          {
            pointer: "/config/thresholds/bias_range",
            message: `No bias is from ${thresholds.bias_range[0]} to ${thresholds.bias_range[1]}. Write the smaller number first.`,
          },
        ]
      : []),
  ],
} as const satisfies TaskType<"model_evaluate", ModelEvaluateConfig>;

/** A training without `output_tables` has the usual ones (`trainingTables`). */
function writesBacktest({ type, config }: { type: string; config: unknown }): boolean {
  if (type !== "ray_train") return false;
  const tables = (config as { output_tables?: Record<string, unknown> } | null)?.output_tables;
  return tables === undefined || tables.backtest !== undefined;
}
