import type { RunActs } from "../run-acts";
import type { RunEnd } from "../run-event";
import type { ScriptedRun } from "./scripted-run";

/** What became of a run, without the order in which tasks that do not depend on each other took their turns. */
export type History = { tasks: Record<string, string[]>; end: RunEnd | null; warning: string | null };

/**
 * A store for one scripted run, in memory, in which a repeated act has the effect of one. It complains of what no driver may
 * ask for.
 */
export function scriptedWorld({ plan, outcomeOf }: ScriptedRun, now: () => number) {
  const history: History = { tasks: {}, end: null, warning: null };
  const done = new Set<string>();
  const attempts = new Map<string, { last: number; isOver: boolean }>();
  const ends = new Map<string, string>();
  const complaints: string[] = [];
  const startedAtMs = now();

  const once = (key: string, effect: () => void) => {
    if (done.has(key)) return;
    done.add(key);
    effect();
  };
  const write = (task: string, line: string) => {
    history.tasks[task] = [...(history.tasks[task] ?? []), line];
  };
  const complain = (holds: boolean, complaint: string) => {
    if (!holds) complaints.push(complaint);
  };

  const beginAttempt = (task: string, attempt: number) =>
    once(`begin ${task} ${attempt}`, () => {
      const before = attempts.get(task);
      complain(attempt === (before?.last ?? 0) + 1, `${task}: attempt ${attempt} after ${before?.last}`);
      complain(before?.isOver !== false, `${task}: attempt ${attempt} beside another`);
      complain(!ends.has(task), `${task}: attempted after its end`);
      complain(history.end === null, `${task}: attempted after the run's end`);
      attempts.set(task, { last: attempt, isOver: false });
      const active = [...attempts.values()].filter((each) => !each.isOver).length;
      complain(active <= plan.maxActiveTasks, `${active} attempts at the same time`);
    });

  const endAttempt = (task: string, attempt: number) => {
    const outcome = outcomeOf(task, attempt);
    once(`attempt ${task} ${attempt}`, () => {
      attempts.set(task, { last: attempt, isOver: true });
      write(task, `${attempt} ${outcome.status === "failed" ? outcome.kind : outcome.status}`);
    });
    return { outcome, endedAtMs: now() };
  };

  const acts: RunActs = {
    begin: async () => (history.end === null ? { plan, startedAtMs } : null),
    async attempt(_, task, attempt) {
      beginAttempt(task, attempt);
      return endAttempt(task, attempt);
    },
    pause: async (_, task, attempt, ms) => once(`pause ${task} ${attempt}`, () => write(task, `pause ${ms}`)),
    rollBack: async (_, task) => once(`roll back ${task}`, () => write(task, "rolled back")),
    async endTasks(_, tasks) {
      for (const { task, status, because } of tasks) {
        const end = because === undefined ? status : `${status} ${because}`;
        once(`end ${task} ${end}`, () => {
          complain(!ends.has(task), `${task}: ended as ${ends.get(task)} and as ${end}`);
          complain(attempts.get(task)?.isOver !== false, `${task}: ended within an attempt`);
          ends.set(task, end);
          write(task, end);
        });
      }
    },
    endRun: async (_, status, warning) =>
      once("end", () => {
        for (const { id, isReused } of plan.tasks) complain(isReused || ends.has(id), `${id}: has no end`);
        history.end = status;
        history.warning = warning;
      }),
  };
  const markEnd = async (_: string, status: RunEnd) => {
    history.end = status;
  };
  return { acts, history, complaints, beginAttempt, endAttempt, markEnd };
}

/** The history with the tasks by name. Of a map that failed, which children had begun is a matter of time: only its end stays. */
export function normalised({ tasks, end, warning }: History): History {
  const failedMaps = Object.keys(tasks).filter((id) =>
    Object.entries(tasks).some(
      ([child, lines]) => child.startsWith(`${id}[`) && lines.at(-1) !== "succeeded",
    ),
  );
  const kept = Object.entries(tasks).filter(
    ([id]) => !failedMaps.includes(id.split("[")[0] ?? "") || !id.includes("["),
  );
  return { tasks: Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))), end, warning };
}
