import { median, rounded } from "../lib/statistics.ts";

const sizes = [100, 1_000, 10_000];

/** What is behind each task, by its place among `count`. */
const shapes = {
  chain: (index) => (index === 0 ? [] : [index - 1]),
  wide: (index, count) => (index === 0 ? [] : index < count - 1 ? [0] : range(1, count - 1)),
  layers: (index) =>
    index < 100
      ? []
      : [0, 1, 2].map((side) => 100 * Math.floor(index / 100) - 100 + ((index + side * 37) % 100)),
};
const range = (from, to) => Array.from({ length: to - from }, (_, index) => from + index);

export const deciding = {
  name: "deciding",
  title: "All decisions of a run of 10,000 tasks, the slowest of three shapes",
  goal: null,
  unit: "s",
  repeats: 3,
  async measure({ repeats, say }) {
    const run = await runner();
    const samples = {};
    for (const [name, behind] of Object.entries(shapes)) {
      for (const count of sizes) {
        const plan = planOf(count, behind);
        run(plan);
        const ms = Array.from({ length: repeats }, () => run(plan));
        samples[`${name}${count}Ms`] = ms.map((each) => rounded(each, 1));
        say(`${name} of ${count}: ${rounded(median(ms), 1)} ms`);
      }
    }
    const whole = Object.keys(shapes).map((name) => median(samples[`${name}10000Ms`]));
    const curve = Object.keys(shapes)
      .map((name) => {
        const each = sizes.map((count) => rounded((1_000 * median(samples[`${name}${count}Ms`])) / count, 1));
        return `${name} ${each.join(", ")}`;
      })
      .join("; ");
    return {
      value: Math.max(...whole) / 1_000,
      samples,
      note: `Processor time of all calls of \`decide\` and \`fold\` in a run in which every task succeeds: a chain, one task before and one behind all others, and layers of 100 tasks with three dependencies each. Microseconds a task at ${sizes.join(", ")} tasks: ${curve}. Medians.`,
    };
  },
};

const planOf = (count, behind) => ({
  tasks: range(0, count).map((index) => ({
    id: `t${index}`,
    dependsOn: [...new Set(behind(index, count))].map((each) => `t${each}`),
    runWhen: "all_succeeded",
    maxAttempts: 1,
    firstRetryMs: 1_000,
    backoff: 2,
    retriesOrdinary: false,
    onFailure: "retry_then_fail",
    kind: { is: "work" },
    isReused: false,
  })),
  maxActiveTasks: 4,
  timeoutMs: null,
});

/** Runs a plan in which every task succeeds, and returns the processor milliseconds that it took. */
async function runner() {
  const { beginState } = await import("../../domain/pipelines/interpreter/begin-state");
  const { decide } = await import("../../domain/pipelines/interpreter/decide");
  const { fold } = await import("../../domain/pipelines/interpreter/fold");
  const outcome = { status: "succeeded" };

  /** Carries out one decision; returns how the run ends, where it is that. */
  function carryOut(state, underWay, { do: what, task, status }) {
    if (what === "end_run") return status;
    if (what === "attempt") {
      fold(state, { type: "attempt_started", task, attempt: 1 });
      underWay.push(task);
    } else fold(state, { type: "task_ended", task, status });
    return null;
  }

  return (plan) => {
    const before = process.cpuUsage();
    const state = beginState(plan);
    const underWay = [];
    let ended = null;
    while (ended === null) {
      const decisions = decide(plan, state);
      for (const decision of decisions) ended = carryOut(state, underWay, decision);
      if (decisions.length > 0) continue;
      const task = underWay.shift();
      if (task === undefined) throw new Error("nothing is under way");
      fold(state, { type: "attempt_ended", task, attempt: 1, outcome, atMs: 0 });
    }
    if (ended !== "succeeded") throw new Error(`a run ${ended}`);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
}
