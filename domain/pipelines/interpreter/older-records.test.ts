import { describe, expect, it } from "vitest";
import { driveRun } from "./drive-run";
import { drivenActs } from "./driven-acts";
import { orderedHost } from "./ordered-host";
import type { RunPlan } from "./run-plan";
import { behind, planOf } from "./scripted/plan-of";
import { scriptedWorld } from "./scripted/scripted-world";

type Kept = [name: string, answer: unknown];

const plan = planOf({ a: {}, b: behind("a"), c: behind("b") });
const succeeded = { outcome: { status: "succeeded" }, endedAtMs: 1 };
const begin: Kept = ["begin", { plan, startedAtMs: 0 }];

/** Carries the run with what was kept of it, as an engine does that knows its steps by their places. */
async function resumed(kept: readonly Kept[], own: RunPlan = plan) {
  const world = scriptedWorld({ plan: own, outcomeOf: () => ({ status: "succeeded" }) }, () => 0);
  const acts = {
    ...world.acts,
    attempt: (runId: string, task: string, attempt: number) => {
      begun.push(`attempt ${attempt} ${task}`);
      return world.acts.attempt(runId, task, attempt);
    },
  };
  const begun: string[] = [];
  let place = 0;
  const host = orderedHost({
    recorded: kept.map(([name, answer], order) => ({ name, answer: { order, answer } })),
    now: () => 0,
    sleep: async () => undefined,
    async step(name, act) {
      const known = kept[place];
      const order = place;
      place += 1;
      if (known === undefined) return await act();
      if (known[0] !== name) throw new Error(`step ${order} is ${name} and was ${known[0]}`);
      return { order, answer: known[1] };
    },
  });
  const outcome = driveRun(host, drivenActs(acts), "run");
  await outcome.catch(() => undefined);
  return { outcome, begun, history: world.history };
}

describe("A run that another version began", () => {
  it("goes on where its records fit", async () => {
    const { begun, outcome, history } = await resumed([begin, ["attempt 1 a", succeeded]]);
    await expect(outcome).resolves.toBeNull();
    expect(begun).toEqual(["attempt 1 b", "attempt 1 c"]);
    expect(history.end).toBe("succeeded");
  });

  it("fails at once, and begins nothing, where they tell of a step that is not taken any more", async () => {
    // The first interpreter told each end in a step of its own.
    const older: Kept[] = [begin, ["attempt 1 a", succeeded], ["ends 1", null]];
    const { begun, outcome } = await resumed(older);
    await expect(outcome).rejects.toThrow(/does not fit this version: it tells of "ends 1"/);
    expect(begun).toEqual([]);
  });

  it("fails at once where they go on after the run has nothing left to wait for", async () => {
    const single = planOf({ a: {} });
    const older: Kept[] = [
      ["begin", { plan: single, startedAtMs: 0 }],
      ["attempt 1 a", succeeded],
      ["ends 1", null],
      ["end", null],
      ["farewell", null],
    ];
    // All that is asked for has an answer, so that the run ends as it did.
    await expect((await resumed(older, single)).outcome).resolves.toBeNull();
    const waiting = planOf({ a: { maxAttempts: 2 } });
    const failed = { outcome: { status: "failed", kind: "ordinary", error: {} }, endedAtMs: 1 };
    const { outcome } = await resumed(
      [
        ["begin", { plan: waiting, startedAtMs: 0 }],
        ["attempt 1 a", failed],
        ["pause 1 a", null],
        ["wait 1 a", null],
        ["attempt 2 a", succeeded],
        ["cleaned up a", null],
        ["ends 1", null],
      ],
      waiting,
    );
    await expect(outcome).rejects.toThrow(/cleaned up a/);
  });
});
