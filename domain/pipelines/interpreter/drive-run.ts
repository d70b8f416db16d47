import { beginState } from "./begin-state";
import { decide } from "./decide";
import type { Decision } from "./decision";
import { fold } from "./fold";
import type { DrivenActs, EndedTask } from "./run-acts";
import type { AttemptOutcome, RunEvent } from "./run-event";
import type { RunHost } from "./run-host";
import type { RunPlan } from "./run-plan";

/** Ends that are told in one act. */
const BATCH = 1_000;

type Begun = NonNullable<Awaited<ReturnType<DrivenActs["begin"]>>>;
type Answered = { outcome: AttemptOutcome; endedAtMs: number };

/**
 * Carries a run from its beginning to its end. It asks nothing but `host` for what it does, so that an engine that gives
 * the same answers in the same order repeats it exactly. An attempt is one act, which tells the ends of the tasks before it
 * as well; where no attempt follows, they are told by themselves, many in one act.
 */
export async function driveRun(host: RunHost, acts: DrivenActs, runId: string): Promise<void> {
  host.begin("begin", () => acts.begin(runId));
  const begun = (await host.next()).answer as Begun | null;
  if (begun === null) return;
  const driver = driverOf(host, acts, runId, begun);
  let end = driver.advance();
  while (end === null) {
    driver.learn(await host.next());
    end = driver.advance();
  }
  const { status, warning } = end;
  await driver.told();
  host.begin("end", () => acts.endRun(runId, status, warning).then(() => null));
  while ((await host.next()).key !== "end");
}

function driverOf(host: RunHost, acts: DrivenActs, runId: string, { plan, startedAtMs }: Begun) {
  const state = beginState(plan);
  const deadlineAtMs = plan.timeoutMs === null ? null : startedAtMs + plan.timeoutMs;
  /** What follows on what was begun, by key. */
  const follow = new Map<string, (answer: unknown) => void>();
  const tell = teller(host, acts, runId, follow);
  /** When the last attempt of a task ended, where a pause follows. */
  const endedAt = new Map<string, number>();
  const note = (event: RunEvent) => void fold(state, event);

  const act = (key: string, call: () => Promise<unknown>, then: (answer: unknown) => void) => {
    follow.set(key, then);
    host.begin(key, call);
  };

  const attempt = (task: string, number: number) => {
    const ended = tell.take();
    act(
      `attempt ${number} ${task}`,
      () => acts.tellAndAttempt(runId, task, number, ended),
      (answer) => {
        const { outcome, endedAtMs } = answer as Answered;
        if (deadlineAtMs !== null && endedAtMs >= deadlineAtMs)
          note({ type: "deadline_passed", atMs: deadlineAtMs });
        if (outcome.status === "failed") endedAt.set(task, endedAtMs);
        note({ type: "attempt_ended", task, attempt: number, outcome, atMs: endedAtMs });
      },
    );
  };

  const wait = (task: string, number: number, ms: number) => {
    note({ type: "wait_started", task, attempt: number });
    const told = acts.pause.bind(acts, runId, task, number, ms);
    act(
      `pause ${number} ${task}`,
      () => told().then(() => null),
      () => {
        const key = `wait ${number} ${task}`;
        follow.set(key, () => note({ type: "wait_ended", task, attempt: number }));
        host.timer(key, ms, (endedAt.get(task) ?? startedAtMs) + ms);
      },
    );
  };

  const rollBack = (task: string) => {
    note({ type: "roll_back_started", task });
    const undo = () => acts.rollBack(runId, task).then(() => null);
    act(`roll back ${task}`, undo, () => note({ type: "rolled_back", task }));
  };

  /** Attempts that begin once all is decided, so that the first of them tells all ends. */
  let starting: Extract<Decision, { do: "attempt" }>[] = [];
  const begin = () => {
    for (const decision of starting) attempt(decision.task, decision.attempt);
    starting = [];
    tell.flush();
  };

  const carryOut = (decision: Exclude<Decision, { do: "end_run" }>) => {
    if (decision.do === "attempt") {
      note({ type: "attempt_started", task: decision.task, attempt: decision.attempt });
      starting.push(decision);
    } else if (decision.do === "wait") wait(decision.task, decision.attempt, decision.ms);
    else if (decision.do === "roll_back") rollBack(decision.task);
    else {
      const { do: _, ...ended } = decision;
      note({ type: "task_ended", ...ended });
      tell.add(ended);
    }
  };

  if (plan.timeoutMs !== null && deadlineAtMs !== null) {
    follow.set("deadline", () => note({ type: "deadline_passed", atMs: deadlineAtMs }));
    host.timer("deadline", plan.timeoutMs, deadlineAtMs);
  }

  const learn = ({ key, answer }: { key: string; answer: unknown }) => {
    const then = follow.get(key);
    follow.delete(key);
    then?.(answer);
  };

  return {
    learn,
    /** Begins all that is to be done now. Returns how the run ends, once nothing is left to do. */
    advance: () => advance(plan, state, carryOut, begin),
    /** Returns once the ends of all tasks are told. */
    async told() {
      while (tell.isBusy()) learn(await host.next());
    },
  };
}

type RunEnding = Extract<Decision, { do: "end_run" }>;

function advance(
  plan: RunPlan,
  state: ReturnType<typeof beginState>,
  carryOut: (decision: Exclude<Decision, { do: "end_run" }>) => void,
  begin: () => void,
): RunEnding | null {
  for (;;) {
    const decisions = decide(plan, state);
    for (const decision of decisions) {
      if (decision.do === "end_run") {
        begin();
        return decision;
      }
      carryOut(decision);
    }
    if (decisions.length === 0) break;
  }
  begin();
  return null;
}

/** Tells the ends of tasks: with the attempt that takes them, or by themselves, one such act at a time. */
function teller(
  host: RunHost,
  acts: DrivenActs,
  runId: string,
  follow: Map<string, (answer: unknown) => void>,
) {
  let waiting: EndedTask[] = [];
  let isTelling = false;
  let number = 0;
  const take = () => {
    const batch = waiting.slice(0, BATCH);
    waiting = waiting.slice(BATCH);
    return batch;
  };
  const flush = () => {
    if (isTelling || waiting.length === 0) return;
    const batch = take();
    isTelling = true;
    number += 1;
    const key = `ends ${number}`;
    follow.set(key, () => {
      isTelling = false;
      flush();
    });
    host.begin(key, () => acts.endTasks(runId, batch).then(() => null));
  };
  return { add: (ended: EndedTask) => void waiting.push(ended), take, flush, isBusy: () => isTelling };
}
