import type { AttemptOutcome, FailureKind } from "../run-event";
import type { FailurePolicy, PlanTask, RunPlan } from "../run-plan";

/** A plan, and what each attempt at each task comes to, whoever carries it. For tests. */
export type ScriptedRun = { plan: RunPlan; outcomeOf(task: string, attempt: number): AttemptOutcome };

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const hash = (text: string) => {
  let code = 2_166_136_261;
  for (const letter of text) code = Math.imul(code ^ letter.charCodeAt(0), 16_777_619);
  return code >>> 0;
};

/** A pipeline of up to 12 tasks with failures, retries, branches, maps, and tasks that are taken over. */
export function scriptedRun(seed: number): ScriptedRun {
  const random = randomOf(seed);
  const chance = (share: number) => random() < share;
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const tasks = Array.from({ length: whole(1, 12) }, (_, index) => taskOf(index, { chance, whole }));
  const plan: RunPlan = { tasks, maxActiveTasks: whole(1, 5), timeoutMs: null };
  return { plan, outcomeOf: (task, attempt) => outcomeOf(plan, seed, task, attempt) };
}

type Dice = { chance(share: number): boolean; whole(from: number, to: number): number };

const POLICIES: FailurePolicy[] = ["skip_deployment_keep_current", "rollback_to_previous"];

function taskOf(index: number, { chance, whole }: Dice): PlanTask {
  const upstream = index === 0 ? 0 : whole(0, Math.min(3, index));
  const dependsOn = new Set(Array.from({ length: upstream }, () => `t${whole(0, index - 1)}`));
  return {
    id: `t${index}`,
    dependsOn: [...dependsOn],
    runWhen: chance(0.15) ? "all_ended" : "all_succeeded",
    maxAttempts: whole(1, 4),
    firstRetryMs: whole(0, 4),
    backoff: whole(1, 2),
    retriesOrdinary: chance(0.8),
    onFailure: chance(0.3) ? (POLICIES[whole(0, 1)] ?? "retry_then_fail") : "retry_then_fail",
    kind: kindOf(chance, whole),
    isReused: chance(0.05),
  };
}

function kindOf(chance: Dice["chance"], whole: Dice["whole"]): PlanTask["kind"] {
  if (chance(0.15)) return { is: "branch" };
  // Wider than any list here: which children begin beside one that fails would depend on time.
  return chance(0.15) ? { is: "map", maxParallel: chance(0.5) ? 8 : whole(1, 2) } : { is: "work" };
}

function outcomeOf(plan: RunPlan, seed: number, id: string, attempt: number): AttemptOutcome {
  const isChild = id.includes("[");
  const task = plan.tasks.find((each) => each.id === id.split("[")[0]);
  const random = randomOf(hash(`${seed} ${id} ${attempt}`));
  const failing = isChild && task?.kind.is === "map" && task.kind.maxParallel < 8 ? 0.1 : 0.2;
  if (random() < failing) {
    const drawn = random();
    const kind: FailureKind = drawn < 0.6 ? "ordinary" : drawn < 0.85 ? "lost" : "final";
    return { status: "failed", kind, error: { code: "scripted", message: kind, hint: null, detail: null } };
  }
  if (isChild || task === undefined || task.kind.is === "work") return { status: "succeeded" };
  if (task.kind.is === "map") return { status: "succeeded", items: Math.floor(random() * 7) };
  const behind = plan.tasks.filter((each) => each.dependsOn.includes(id)).map((each) => each.id);
  return { status: "succeeded", chosen: behind.filter(() => random() < 0.5) };
}
