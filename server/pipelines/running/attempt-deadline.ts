import { parseDuration } from "../../../domain/pipelines/parse-duration";
import { type FailureKind, TaskFailed } from "../task-failed";

export type Deadline = { atMs: number; failure: TaskFailed };

type Limits = {
  taskTimeout: string | undefined;
  pipelineTimeout: string | undefined;
  /** When the attempt got its slot, and when the run started. */
  attemptAt: Date;
  runAt: Date;
};

/** The earlier of the task's and the pipeline's; null where neither has one. */
export function attemptDeadline(limits: Limits): Deadline | null {
  const { taskTimeout, pipelineTimeout, attemptAt, runAt } = limits;
  const task = deadline("task", taskTimeout, attemptAt, "ordinary");
  const pipeline = deadline("pipeline", pipelineTimeout, runAt, "final");
  if (task === null || pipeline === null) return task ?? pipeline;
  return task.atMs < pipeline.atMs ? task : pipeline;
}

function deadline(what: string, limit: string | undefined, from: Date, kind: FailureKind): Deadline | null {
  if (limit === undefined) return null;
  const failure = new TaskFailed(
    {
      code: "timed_out",
      message: `The ${what} took longer than its timeout, ${limit}.`,
      hint: "Raise the timeout, or do less.",
      detail: null,
    },
    kind,
  );
  return { atMs: from.getTime() + parseDuration(limit), failure };
}

/** Timers take no more than some 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Calls `pass` at the deadline; the function that it returns forgets it. */
export function atDeadline({ atMs }: Deadline, now: () => number, pass: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = () => {
    const leftMs = atMs - now();
    if (leftMs <= 0) pass();
    else timer = setTimeout(wait, Math.min(leftMs, LONGEST_TIMER_MS));
  };
  timer = setTimeout(wait, 0);
  return () => clearTimeout(timer);
}
