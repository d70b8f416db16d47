import type { Decision } from "./decision";
import { pauseMs } from "./retry-after";
import type { RunPlan } from "./run-plan";
import type { RunState, TaskEntry } from "./run-state";

/**
 * What is to be done now; nothing where the run waits for what is under way. Each decision stands until the event that it
 * leads to is folded: `attempt_started`, `wait_started`, `roll_back_started`, `task_ended`, `run_ended`. The cost is that of
 * the decisions, not of the plan. docs/runs.md has the meanings as a table.
 */
export function decide(plan: RunPlan, state: RunState): Decision[] {
  if (state.isEnded) return [];
  const underWay = state.attempting + state.rollingBack;
  if (state.isCancelled) return underWay > 0 ? [] : [{ do: "end_run", status: "cancelled", warning: null }];
  const decisions = [...state.due].map(decisionFor);
  let room = Math.max(1, plan.maxActiveTasks) - state.attempting;
  for (let index = state.readyFrom; index < state.ready.length && room > 0; index += 1) {
    const entry = state.ready[index];
    if (entry?.phase !== "ready") continue;
    decisions.push({ do: "attempt", task: entry.id, attempt: entry.attempt + 1 });
    room -= 1;
  }
  if (decisions.length > 0 || underWay + state.pausing > 0) return decisions;
  return state.open === 0 ? [endOf(plan, state)] : unreachable(state);
}

function decisionFor({ id, task, phase, attempt, end }: TaskEntry): Decision {
  if (phase === "pause_due") return { do: "wait", task: id, attempt, ms: pauseMs(task, attempt) };
  if (phase === "roll_back_due") return { do: "roll_back", task: id };
  return { do: "end_task", task: id, ...(end ?? { status: "failed" }) };
}

function endOf(plan: RunPlan, state: RunState): Decision {
  if (state.isFailed) return { do: "end_run", status: "failed", warning: null };
  const failed = plan.tasks.filter(({ id }) => state.entries.get(id)?.end?.status === "failed");
  const warnings = failed.map(({ id }) => `Task ${id} failed: what is deployed was left as it is.`);
  return { do: "end_run", status: "succeeded", warning: warnings.length === 0 ? null : warnings.join(" ") };
}

/** Tasks behind a loop or behind a task that is not there; a plan that was checked has none. */
function unreachable(state: RunState): Decision[] {
  const blocked = [...state.entries.values()].filter(({ phase }) => phase === "blocked");
  return blocked.map(({ id }) => ({
    do: "end_task",
    task: id,
    status: "skipped",
    because: "upstream_failed",
  }));
}
