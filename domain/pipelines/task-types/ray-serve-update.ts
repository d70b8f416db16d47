import { z } from "zod";
import { Duration } from "../document/fields";
import type { TaskType } from "./task-type";

const RayServeUpdateConfig = z.strictObject({
  deployment_name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,62}$/, "Start with a letter; use lower-case letters, digits and -")
    .meta({ title: "Deployment", examples: ["demand-forecaster"] }),
  model_source: z
    .string()
    .min(1)
    .max(300)
    .meta({
      title: "Model",
      description: "latest_validated: what this run trained and judged good; or a model of the registry.",
      examples: ["latest_validated", "mlflow://demand-forecast-daily/latest"],
    }),
  rollout_strategy: z
    .enum(["blue_green", "canary", "shadow", "all_at_once"])
    .default("blue_green")
    .meta({ title: "Rollout" }),
  health_check_timeout: Duration.default("5m").meta({ title: "Longest wait for health" }),
  rollback_on_failure: z
    .boolean()
    .default(true)
    .meta({ title: "Roll back on a failure", description: "The version before serves again." }),
});
type RayServeUpdateConfig = z.infer<typeof RayServeUpdateConfig>;

export const rayServeUpdate = {
  type: "ray_serve_update",
  label: "Deploy on Ray Serve",
  summary: "Puts a validated model into service, and back where it is not healthy.",
  group: "release",
  config: RayServeUpdateConfig,
  initial: {
    deployment_name: "new-deployment",
    model_source: "latest_validated",
    rollout_strategy: "blue_green",
  },
  maxAttempts: 1,
  unavailable:
    "Deployments are made once the serving room is there. Until then the pipeline can be saved as a draft with this task, or run without it.",
} as const satisfies TaskType<"ray_serve_update", RayServeUpdateConfig>;
