import type { AttemptView, RunHead, TaskView } from "../run-view";
import type { RunChange } from "./run-change";

type Text<T> = T extends Date ? string : T;
/** As JSON has it: times are texts. */
type Written<T> = { [K in keyof T]: Text<T[K]> };
type WrittenTask = Omit<Written<TaskView>, "attempts"> & { attempts: Written<AttemptView>[] };
type WrittenChange = { run: Written<RunHead>; tasks: WrittenTask[]; isWhole: boolean };

const toDate = (text: string): Date => new Date(text);
const toDateOrNull = (text: string | null): Date | null => (text === null ? null : toDate(text));

/** What `writeRunChange` wrote. It trusts that text: it is for two ends of one application. */
export function readRunChange(text: string): RunChange {
  const { run, tasks, isWhole } = JSON.parse(text) as WrittenChange;
  return {
    isWhole,
    run: {
      ...run,
      scheduledFor: toDateOrNull(run.scheduledFor),
      createdAt: toDate(run.createdAt),
      startedAt: toDateOrNull(run.startedAt),
      endedAt: toDateOrNull(run.endedAt),
    },
    tasks: tasks.map((task) => ({
      ...task,
      startedAt: toDateOrNull(task.startedAt),
      endedAt: toDateOrNull(task.endedAt),
      attempts: task.attempts.map((attempt) => ({
        ...attempt,
        startedAt: toDate(attempt.startedAt),
        endedAt: toDateOrNull(attempt.endedAt),
      })),
    })),
  };
}
