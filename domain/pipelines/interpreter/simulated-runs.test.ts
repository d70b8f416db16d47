import { describe, expect, it } from "vitest";
import { driveRun } from "./drive-run";
import { drivenActs } from "./driven-acts";
import type { RunActs } from "./run-acts";
import { predict } from "./scripted/predict";
import { randomOf, type ScriptedRun, scriptedRun } from "./scripted/scripted-run";
import { normalised, scriptedWorld } from "./scripted/scripted-world";
import { simulatedEngine } from "./scripted/simulated-engine";

// biome-ignore lint/style/noProcessEnv: a test says itself how much of it runs.
const isFull = process.env.BENCHWRIGHT_FULL_TESTS === "1";
const SCHEDULES = isFull ? 10_000 : 300;

/** Attempts begin and end at different moments, so that others may come between. */
function actsOf(
  world: ReturnType<typeof scriptedWorld>,
  engine: ReturnType<typeof simulatedEngine>,
): RunActs {
  const { acts } = world;
  return {
    ...acts,
    async attempt(_, task, attempt) {
      world.beginAttempt(task, attempt);
      await engine.pass();
      return engine.twice(() => world.endAttempt(task, attempt));
    },
    endTasks: (runId, tasks) => engine.twice(() => acts.endTasks(runId, tasks)),
  };
}

type Faults = { crashes: boolean; jumps: boolean; rests?: boolean };

async function simulated(run: ScriptedRun, seed: number, faults: Faults) {
  const engine = simulatedEngine(seed, faults);
  const world = scriptedWorld(run, engine.now);
  const acts = actsOf(world, engine);
  const crashes = await engine.carry((host, soFar) => driveRun(host, drivenActs(acts), "run", soFar));
  return { crashes, rests: engine.rests(), world, complaints: [...engine.complaints, ...world.complaints] };
}

describe(`${SCHEDULES} runs in a simulated world`, () => {
  const first = isFull ? 1 : Math.floor(Math.random() * 1_000_000_000);

  it(`lose nothing, double nothing and end as without a crash, from seed ${first} on`, async () => {
    let crashes = 0;
    for (let seed = first; seed < first + SCHEDULES; seed += 1) {
      const run = scriptedRun(seed);
      const outcome = await simulated(run, seed, { crashes: true, jumps: seed % 2 === 0 });
      crashes += outcome.crashes;
      expect(outcome.complaints, `seed ${seed}`).toEqual([]);
      expect(normalised(outcome.world.history), `seed ${seed}`).toEqual(await predict(run));
    }
    expect(crashes).toBeGreaterThan(SCHEDULES);
  }, 600_000);

  it(`go on as if nothing were, where they rest and are taken up elsewhere, from seed ${first} on`, async () => {
    let rests = 0;
    for (let seed = first; seed < first + SCHEDULES / 2; seed += 1) {
      const run = scriptedRun(seed);
      const outcome = await simulated(run, seed, {
        crashes: seed % 2 === 0,
        jumps: seed % 3 === 0,
        rests: true,
      });
      rests += outcome.rests;
      expect(outcome.complaints, `seed ${seed}`).toEqual([]);
      expect(normalised(outcome.world.history), `seed ${seed}`).toEqual(await predict(run));
    }
    expect(rests).toBeGreaterThan(SCHEDULES / 2);
  }, 600_000);

  it(`end in time and with each task once, with a deadline, from seed ${first} on`, async () => {
    const ends = new Set<string | null>();
    for (let seed = first; seed < first + SCHEDULES / 5; seed += 1) {
      const { plan, outcomeOf } = scriptedRun(seed);
      const timeoutMs = Math.floor(randomOf(seed)() * 600);
      const run = { plan: { ...plan, timeoutMs }, outcomeOf };
      const { world, complaints } = await simulated(run, seed, {
        crashes: true,
        jumps: true,
        rests: seed % 2 === 0,
      });
      expect(complaints, `seed ${seed}`).toEqual([]);
      ends.add(world.history.end);
    }
    expect([...ends].sort()).toEqual(["failed", "succeeded"]);
  }, 600_000);

  it(`begin nothing after a cancel, from seed ${first} on`, async () => {
    for (let seed = first; seed < first + SCHEDULES / 5; seed += 1) {
      const run = scriptedRun(seed);
      let left = Math.floor(randomOf(seed)() * 6);
      const outcomeOf: ScriptedRun["outcomeOf"] = (task, attempt) => {
        left -= 1;
        return left < 0 ? { status: "cancelled" } : run.outcomeOf(task, attempt);
      };
      const told = new Map<string, ReturnType<typeof outcomeOf>>();
      const steady: ScriptedRun["outcomeOf"] = (task, attempt) => {
        const key = `${task} ${attempt}`;
        const outcome = told.get(key) ?? outcomeOf(task, attempt);
        told.set(key, outcome);
        return outcome;
      };
      const engine = simulatedEngine(seed, { crashes: true, jumps: true });
      const world = scriptedWorld({ plan: run.plan, outcomeOf: steady }, engine.now);
      const acts = actsOf(world, engine);
      await engine.carry((host) => driveRun(host, drivenActs({ ...acts, endRun: world.markEnd }), "run"));
      expect([...engine.complaints, ...world.complaints], `seed ${seed}`).toEqual([]);
      const wasCancelled = [...told.values()].some((each) => each.status === "cancelled");
      expect(world.history.end === "cancelled", `seed ${seed}`).toBe(wasCancelled);
    }
  }, 600_000);
});
