import { z } from "zod";

const Arguments = z.record(z.string(), z.unknown());

const AirflowTask = z.object({
  id: z.string(),
  operator: z.string(),
  arguments: Arguments,
  /** Of the function that the task calls. */
  call: Arguments.optional(),
  function: z.object({ name: z.string(), lines: z.array(z.number()) }).optional(),
  line: z.number(),
});
export type AirflowTask = z.infer<typeof AirflowTask>;

const AirflowDag = z.object({
  id: z.string(),
  line: z.number(),
  arguments: Arguments,
  tasks: z.array(AirflowTask),
  groups: z.array(
    z.object({ id: z.string(), label: z.string(), members: z.array(z.string()), arguments: Arguments }),
  ),
  edges: z.array(z.tuple([z.string(), z.string()])),
});
export type AirflowDag = z.infer<typeof AirflowDag>;

/**
 * The DAGs of a Python source, as they can be told from its text. Among the values, an object with one of the keys `$code`,
 * `$seconds`, `$datetime`, `$zone`, `$cron`, `$function` and `$tasks` stands for what no JSON can say.
 */
export const AirflowSource = z.object({
  dags: z.array(AirflowDag),
  notes: z.array(z.object({ line: z.number(), what: z.string(), why: z.string() })),
});
export type AirflowSource = z.infer<typeof AirflowSource>;
