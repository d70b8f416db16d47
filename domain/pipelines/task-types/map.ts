import { z } from "zod";
import { ExpressionText } from "../document/fields";
import type { TaskType } from "./task-type";

const MapConfig = z.strictObject({
  over: z.union([z.array(z.json()).max(10_000), ExpressionText]).meta({
    title: "Over",
    description: "A list, or an expression that gives one. The task runs once for each item.",
    examples: [["north", "south"], "{{ parameters.regions }}"],
  }),
  task: z
    .strictObject({
      type: z.string().meta({ title: "Type" }),
      config: z.record(z.string(), z.unknown()).meta({ title: "Settings" }),
    })
    .meta({ title: "Task", description: "Its texts may hold {{ item }} and {{ index }}." }),
  max_parallel: z.int().min(1).max(1_000).default(4).meta({ title: "At the same time" }),
});
type MapConfig = z.infer<typeof MapConfig>;

/** Types that a map may not hold: they steer the run themselves. */
const STEERING = ["branch", "map"];

export const map = {
  type: "map",
  label: "For each",
  summary: "Runs a task once for each item of a list.",
  group: "control",
  config: MapConfig,
  initial: { over: [], task: { type: "python", config: { script: "package/script.py" } }, max_parallel: 4 },
  maxAttempts: 1,
  unavailable: null,
  kind: "map",
  check: ({ config: { task } }) =>
    STEERING.includes(task.type)
      ? [{ pointer: "/config/task/type", message: `A map cannot hold a ${task.type}. Use sub_pipeline.` }]
      : [],
} as const satisfies TaskType<"map", MapConfig>;
