import { z } from "zod";
import { Identifier } from "../document/fields";
import type { TaskType } from "./task-type";

const SubPipelineConfig = z.strictObject({
  pipeline_id: Identifier.meta({ title: "Pipeline", examples: ["demand-forecast-daily"] }),
  parameters: z
    .record(z.string(), z.json())
    .optional()
    .meta({ title: "Parameters", description: "The pipeline's own defaults where one is absent." }),
  wait: z
    .boolean()
    .default(true)
    .meta({ title: "Wait for its end", description: "The task then fails where that run fails." }),
});
type SubPipelineConfig = z.infer<typeof SubPipelineConfig>;

export const subPipeline = {
  type: "sub_pipeline",
  label: "Run a pipeline",
  summary: "Starts a run of another pipeline.",
  group: "control",
  config: SubPipelineConfig,
  initial: { pipeline_id: "other-pipeline", wait: true },
  maxAttempts: 1,
  unavailable: null,
} as const satisfies TaskType<"sub_pipeline", SubPipelineConfig>;
