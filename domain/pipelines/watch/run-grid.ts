import { z } from "zod";
import { RunStatus } from "../../shared/run-status";
import { RunSummary } from "../run-view";

/** How a task stood in a run. */
const GridState = z.enum([...RunStatus.options, "reused"]);
export type GridState = z.infer<typeof GridState>;

/** A task over the runs: `states` and `ms` are [runs], null where the run has no such task, or where it never started. */
export const GridTask = z.object({
  taskId: z.string(),
  type: z.string(),
  states: z.array(GridState.nullable()),
  ms: z.array(z.number().nullable()),
});
export type GridTask = z.infer<typeof GridTask>;

/** Runs oldest first; the newest run's tasks in its document's order, then those that only older ones have. */
export const RunGrid = z.object({ runs: z.array(RunSummary), tasks: z.array(GridTask) });
export type RunGrid = z.infer<typeof RunGrid>;
