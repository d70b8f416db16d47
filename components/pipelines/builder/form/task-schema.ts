import { z } from "zod";
import type { JsonSchema } from "@/components/form/check-schema";
import { freeFields } from "@/components/form/free-fields";
import { taskType } from "@/domain/pipelines/task-types/index";

/** What a form is made of. */
export type TaskSchema = { schema: JsonSchema; controls: Record<string, unknown> };

const schemas = new Map<string, TaskSchema | null>();

/** The schema of a type's config, from which its form is made; null where the type is not known. */
export function taskSchema(type: string): TaskSchema | null {
  const made = schemas.get(type);
  if (made !== undefined) return made;
  const known = taskType(type);
  const schema =
    known === null
      ? null
      : freeFields(
          z.toJSONSchema(known.config, {
            io: "input",
            unrepresentable: "any",
            target: "draft-7",
          }) as JsonSchema,
        );
  schemas.set(type, schema);
  return schema;
}

const text = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: "string",
  description,
  ...more,
});

/** The fields that every task has beside its config. */
export const COMMON_SCHEMA: JsonSchema = {
  type: "object",
  properties: {
    timeout: text("How long one attempt may take, for example 45m.", { examples: ["45m"] }),
    run_when: text("all_ended starts it however the tasks before it ended.", {
      enum: ["all_succeeded", "all_ended"],
      default: "all_succeeded",
    }),
    retry_policy: {
      type: "object",
      description: "When it is tried again after a failure.",
      properties: {
        max_attempts: { type: "integer", minimum: 1, maximum: 20, description: "The first try counts." },
        initial_interval: text("The wait before the second try, for example 60s.", { examples: ["60s"] }),
        backoff_coefficient: {
          type: "number",
          minimum: 1,
          maximum: 10,
          default: 2,
          description: "How much longer each further wait is than the one before.",
        },
      },
      required: ["max_attempts"],
    },
  },
};

/** The fields of the whole pipeline that stand beside its tasks. */
export const PIPELINE_SCHEMA: JsonSchema = {
  type: "object",
  required: ["name"],
  properties: {
    name: text("What people call it."),
    description: text("What it is for."),
    timeout: text("From the start of a run to its end, for example 2h.", { examples: ["2h"] }),
    max_active_runs: { type: "integer", minimum: 1, default: 1, description: "Runs at the same time." },
    max_active_tasks: {
      type: "integer",
      minimum: 1,
      default: 4,
      description: "Tasks of one run at the same time, items of maps among them.",
    },
    priority: { type: "integer", default: 0, description: "Runs of a higher one start first." },
  },
};
