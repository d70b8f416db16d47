import { z } from "zod";
import { NotificationRules } from "../notify/notification-rules";
import type { RegisteredType } from "../task-types/index";
import { Duration, Identifier } from "./fields";

const RetryPolicy = z.strictObject({
  /** The first try counts. */
  max_attempts: z.int().min(1).max(20),
  backoff_coefficient: z.number().min(1).max(10).default(2),
  initial_interval: Duration.default("1s"),
});

const Cron = z.string().min(1, "Write five fields: minute, hour, day, month, weekday").max(200);

/** A bare cron is in UTC, and makes up for the latest missed time. */
const Schedule = z.union([
  Cron,
  z.strictObject({
    cron: Cron,
    /** IANA name; UTC where it is absent. */
    time_zone: z.string().min(1).max(100).optional(),
    /** What becomes of times that passed while nothing could start: the newest is made up for, each is, or none. */
    catch_up: z.enum(["latest", "all", "none"]).optional(),
  }),
]);

const FailurePolicy = z.enum(["retry_then_fail", "skip_deployment_keep_current", "rollback_to_previous"]);

const Place = z.tuple([z.number(), z.number()]);

/** What the graph draws beside the tasks. Runs and comparisons pass over it. */
const Canvas = z.strictObject({
  positions: z.record(z.string(), Place).optional(),
  groups: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        label: z.string().max(200),
        tasks: z.array(z.string()),
        collapsed: z.boolean().optional(),
      }),
    )
    .optional(),
  comments: z
    .array(z.strictObject({ id: z.string().min(1), text: z.string().max(5_000), at: Place }))
    .optional(),
});

const taskFields = {
  task_id: Identifier,
  type: z.string().min(1),
  depends_on: z.array(Identifier).optional(),
  /** `all_succeeded` where it is absent. */
  run_when: z.enum(["all_succeeded", "all_ended"]).optional(),
  config: z.record(z.string(), z.unknown()),
  retry_policy: RetryPolicy.optional(),
  timeout: Duration.optional(),
};

/** What every task has, whatever its type. Its config is checked by its type (`parsePipeline`). */
const Task = z.strictObject(taskFields);

type TaskOf<Type extends RegisteredType> = Omit<z.infer<typeof Task>, "type" | "config"> & {
  type: Type["type"];
  config: z.infer<Type["config"]>;
};
type Distribute<Type extends RegisteredType> = Type extends unknown ? TaskOf<Type> : never;

/**
 * A task with the config of its type. A place of the config may hold an expression in a text, `"{{ parameters.n }}"`,
 * where the type says something else, until the expressions are filled in.
 */
export type PipelineTask = Distribute<RegisteredType>;

export const PipelineDocument = z.strictObject({
  pipeline_id: Identifier,
  name: z.string().min(1).max(200),
  description: z.string().max(2000).optional(),
  schedule: Schedule.optional(),
  /** From the start of a run to its end. */
  timeout: Duration.optional(),
  /** Runs at the same time; 1 where it is absent. */
  max_active_runs: z.int().min(1).max(1_000).optional(),
  /** Tasks of one run at the same time, items of maps among them; 4 where it is absent. */
  max_active_tasks: z.int().min(1).max(10_000).optional(),
  /** Runs of a higher one start first; 0 where it is absent. */
  priority: z.int().min(-1_000).max(1_000).optional(),
  /** Name to default. */
  parameters: z
    .record(z.string().regex(/^[A-Za-z_]\w{0,63}$/, "Use letters, digits and _"), z.json())
    .optional(),
  tasks: z
    .array(Task as unknown as z.ZodType<PipelineTask>)
    .min(1, "A pipeline needs at least one task")
    .max(10_000),
  notifications: NotificationRules.optional(),
  failure_handling: z
    .strictObject({
      /** `retry_then_fail` for tasks that are not named. */
      task_level: z.record(Identifier, FailurePolicy).optional(),
    })
    .optional(),
  canvas: Canvas.optional(),
});
/** A pipeline, in the JSON that people write and the app stores. Unknown fields are refused by name. */
export type PipelineDocument = z.infer<typeof PipelineDocument>;
