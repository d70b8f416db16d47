import { beginState } from "./begin-state";
import { decide } from "./decide";
import type { Decision } from "./decision";
import { fold } from "./fold";
import type { DrivenActs, EndedTask } from "./run-acts";
import type { AttemptOutcome, RunEvent } from "./run-event";
import type { RunHost } from "./run-host";
import type { RunPlan } from "./run-plan";
import { leanEvent, type RunSoFar } from "./run-so-far";

/** Ends that are told in one act. */
const BATCH = 1_000;

type Begun = NonNullable<Awaited<ReturnType<DrivenActs["begin"]>>>;
type Answered = { outcome: AttemptOutcome; endedAtMs: number };

/**
 * Carries a run to its end, from its beginning or from `soFar` on. It asks nothing but `host` for what it does, so that an
 * engine that gives the same answers in the same order repeats it exactly. An attempt is one act, which tells the ends of
 * the tasks before it as well; where no attempt follows, they are told by themselves, many in one act. Returns null at the
 * run's end; where the host wished for a rest, what another call needs to go on. Nothing is under way then.
 */
export async function driveRun(
  host: RunHost,
  acts: DrivenActs,
  runId: string,
  soFar: RunSoFar | null = null,
): Promise<RunSoFar | null> {
  host.begin("begin", () => acts.begin(runId));
  const begun = (await host.next()).answer as Begun | null;
  if (begun === null) return null;
  const driver = driverOf(host, acts, runId, begun, soFar);
  let end = driver.advance();
  while (end === null) {
    driver.learn(await host.next());
    end = driver.advance();
    if (end === null && driver.isAtRest()) return driver.soFar();
  }
  const { status, warning } = end;
  await driver.told();
  host.begin("end", () => acts.endRun(runId, status, warning).then(() => null));
  while ((await host.next()).key !== "end");
  return null;
}

function driverOf(
  host: RunHost,
  acts: DrivenActs,
  runId: string,
  { plan, startedAtMs }: Begun,
  before: RunSoFar | null,
) {
  const state = beginState(plan);
  const deadlineAtMs = plan.timeoutMs === null ? null : startedAtMs + plan.timeoutMs;
  const events: RunEvent[] = [];
  /** What follows on what was begun, by key. */
  const follow = new Map<string, (answer: unknown) => void>();
  /** Acts that have no answer yet; timers are none. */
  let underWay = 0;
  const begin = (key: string, call: () => Promise<unknown>, then: (answer: unknown) => void) => {
    underWay += 1;
    follow.set(key, (answer) => {
      underWay -= 1;
      then(answer);
    });
    host.begin(key, call);
  };
  const tell = teller(acts, runId, begin);
  /** When the last attempt of a task ended, where a pause follows. */
  const endedAt = new Map<string, number>();
  const pauses = new Map<string, Pause>();
  const note = (event: RunEvent) => {
    fold(state, event);
    if (host.rest !== undefined) events.push(leanEvent(event));
  };

  const attempt = (task: string, number: number) => {
    const ended = tell.take();
    begin(
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

  const sleepOut = (pause: Pause) => {
    const { task, attempt: number, ms, dueAtMs } = pause;
    const key = `wait ${number} ${task}`;
    pauses.set(key, pause);
    follow.set(key, () => {
      pauses.delete(key);
      note({ type: "wait_ended", task, attempt: number });
    });
    host.timer(key, ms, dueAtMs);
  };

  const wait = (task: string, number: number, ms: number) => {
    note({ type: "wait_started", task, attempt: number });
    const told = acts.pause.bind(acts, runId, task, number, ms);
    const dueAtMs = (endedAt.get(task) ?? startedAtMs) + ms;
    begin(
      `pause ${number} ${task}`,
      () => told().then(() => null),
      () => sleepOut({ task, attempt: number, ms, dueAtMs }),
    );
  };

  const rollBack = (task: string) => {
    note({ type: "roll_back_started", task });
    const undo = () => acts.rollBack(runId, task).then(() => null);
    begin(`roll back ${task}`, undo, () => note({ type: "rolled_back", task }));
  };

  /** Attempts that begin once all is decided, so that the first of them tells all ends. */
  let starting: Extract<Decision, { do: "attempt" }>[] = [];
  const beginAll = () => {
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

  for (const event of before?.events ?? []) note(event);
  for (const pause of before?.pauses ?? []) sleepOut(pause);
  if (plan.timeoutMs !== null && deadlineAtMs !== null && !state.isOutOfTime) {
    follow.set("deadline", () => note({ type: "deadline_passed", atMs: deadlineAtMs }));
    host.timer("deadline", plan.timeoutMs, deadlineAtMs);
  }

  let hasLearnt = false;
  let isHeld = false;
  const learn = ({ key, answer }: { key: string; answer: unknown }) => {
    const then = follow.get(key);
    follow.delete(key);
    hasLearnt = true;
    then?.(answer);
  };

  return {
    learn,
    /** Begins all that is to be done now. Returns how the run ends, once nothing is left to do. */
    advance() {
      const wish = host.rest?.() ?? "no";
      // Between two rests something happens, however soon the host wishes for the next one.
      isHeld = hasLearnt && (wish === "soon" || (wish === "when_idle" && underWay === 0));
      return advance(plan, state, { carryOut, begin: beginAll, isHeld });
    },
    isAtRest: () => isHeld && underWay === 0,
    soFar: (): RunSoFar => ({ events, pauses: [...pauses.values()] }),
    /** Returns once the ends of all tasks are told. */
    async told() {
      while (tell.isBusy()) learn(await host.next());
    },
  };
}

type Pause = RunSoFar["pauses"][number];
type RunEnding = Extract<Decision, { do: "end_run" }>;

type Doing = {
  carryOut(decision: Exclude<Decision, { do: "end_run" }>): void;
  begin(): void;
  /** Whether attempts are to be left for later. */
  isHeld: boolean;
};

function advance(
  plan: RunPlan,
  state: ReturnType<typeof beginState>,
  { carryOut, begin, isHeld }: Doing,
): RunEnding | null {
  for (;;) {
    const decisions = decide(plan, state).filter((decision) => !isHeld || decision.do !== "attempt");
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
  acts: DrivenActs,
  runId: string,
  begin: (key: string, call: () => Promise<unknown>, then: () => void) => void,
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
    const telling = () => acts.endTasks(runId, batch).then(() => null);
    begin(`ends ${number}`, telling, () => {
      isTelling = false;
      flush();
    });
  };
  return { add: (ended: EndedTask) => void waiting.push(ended), take, flush, isBusy: () => isTelling };
}
