import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunActs } from "../pipelines/interpreter/run-acts";
import { behind, planOf } from "../pipelines/interpreter/scripted/plan-of";
import { predict } from "../pipelines/interpreter/scripted/predict";
import { type ScriptedRun, scriptedRun } from "../pipelines/interpreter/scripted/scripted-run";
import { normalised, scriptedWorld } from "../pipelines/interpreter/scripted/scripted-world";
import { historyOf, type Told } from "../pipelines/interpreter/scripted/told-acts";
import type { RunDriver, RunDriverClient } from "./run-driver";

export type RunDriverSubject = {
  driver: RunDriver;
  /** A client such as another process would hold. */
  client: RunDriverClient;
  /** Ends what the driver holds. */
  close(): Promise<void>;
  /** Makes an id that was never used before. */
  freshId(): string;
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function ended(client: RunDriverClient, runId: string): Promise<void> {
  while ((await client.state(runId)) !== "ended") await pause(20);
}

/** Hands every act to the acts of its run. */
function switchboard() {
  const byRun = new Map<string, RunActs>();
  const of = (runId: string): RunActs => {
    const acts = byRun.get(runId);
    if (acts === undefined) throw new Error(`There is no run ${runId}.`);
    return acts;
  };
  const acts: RunActs = {
    begin: (runId) => of(runId).begin(runId),
    attempt: (runId, ...rest) => of(runId).attempt(runId, ...rest),
    pause: (runId, ...rest) => of(runId).pause(runId, ...rest),
    rollBack: (runId, ...rest) => of(runId).rollBack(runId, ...rest),
    endTasks: (runId, ...rest) => of(runId).endTasks(runId, ...rest),
    endRun: (runId, ...rest) => of(runId).endRun(runId, ...rest),
  };
  return { acts, add: (runId: string, own: RunActs) => void byRun.set(runId, own) };
}

/** What every RunDriver keeps. `pipelines` is how many of the 300 generated ones it carries. */
export function describeRunDriverContract(
  name: string,
  make: () => Promise<RunDriverSubject>,
  { pipelines }: { pipelines: number },
): void {
  describe(`RunDriver: ${name}`, () => {
    let subject: RunDriverSubject;
    const { acts, add } = switchboard();

    beforeAll(async () => {
      subject = await make();
      await subject.driver.serve(acts);
    });
    afterAll(async () => {
      await subject?.client.close();
      await subject?.close();
    });

    const begun = async (run: ScriptedRun, starter: RunDriverClient, own: Partial<RunActs> = {}) => {
      const id = subject.freshId();
      const world = scriptedWorld(run, Date.now);
      add(id, { ...world.acts, ...own });
      await starter.start(id);
      return { id, world };
    };

    it(`carries ${pipelines} generated pipelines to the end that the interpreter tells`, async () => {
      for (let first = 1; first <= pipelines; first += 20) {
        const seeds = Array.from(
          { length: Math.min(20, pipelines - first + 1) },
          (_, index) => first + index,
        );
        await Promise.all(
          seeds.map(async (seed) => {
            const run = scriptedRun(seed);
            const { id, world } = await begun(run, seed % 10 === 0 ? subject.client : subject.driver);
            await ended(subject.client, id);
            expect(world.complaints, `seed ${seed}`).toEqual([]);
            expect(normalised(world.history), `seed ${seed}`).toEqual(await predict(run));
          }),
        );
      }
    }, 600_000);

    it("starts equal ids once", async () => {
      const id = subject.freshId();
      let begins = 0;
      const { acts: own, history } = scriptedWorld(scriptedRun(3), Date.now);
      add(id, {
        ...own,
        async begin(runId) {
          begins += 1;
          await pause(100);
          return await own.begin(runId);
        },
      });
      const starts = [subject.driver, subject.client, subject.driver].map((each) => each.start(id));
      await Promise.all(starts);
      await ended(subject.client, id);
      await subject.driver.start(id);
      await subject.client.start(id);
      await pause(300);
      expect(begins).toBe(1);
      expect(history.end).not.toBeNull();
    });

    it("begins no act after a cancel, and lets the one under way end", async () => {
      const { promise: held, open } = gate();
      const run: ScriptedRun = {
        plan: planOf({ a: {}, b: behind("a") }),
        outcomeOf: () => ({ status: "succeeded" }),
      };
      const seen: string[] = [];
      const { id, world } = await begun(run, subject.driver, {
        async attempt(_, task) {
          seen.push(`${task} begins`);
          await held;
          seen.push(`${task} ends`);
          return { outcome: { status: "succeeded" }, endedAtMs: Date.now() };
        },
      });
      while (!seen.includes("a begins")) await pause(10);
      expect(await subject.client.state(id)).toBe("running");
      await subject.client.cancel(id);
      await ended(subject.client, id);
      open();
      while (!seen.includes("a ends")) await pause(10);
      await pause(300);
      expect(seen).toEqual(["a begins", "a ends"]);
      expect(world.history.end).toBeNull();
    });

    it("ends a pause by a cancel", async () => {
      const plan = planOf({ a: { maxAttempts: 2, firstRetryMs: 600_000 } });
      const error = { code: "x", message: "x", hint: null, detail: null };
      const { id, world } = await begun(
        { plan, outcomeOf: () => ({ status: "failed", kind: "ordinary", error }) },
        subject.driver,
      );
      while (world.history.tasks.a?.length !== 2) await pause(10);
      await subject.driver.cancel(id);
      await ended(subject.client, id);
      expect(world.history.tasks.a).toEqual(["1 ordinary", "pause 600000"]);
    });

    it("goes on past an act that throws: it is repeated until it answers", async () => {
      const run = scriptedRun(1);
      let refusals = 2;
      const world = scriptedWorld(run, Date.now);
      const { id } = await begun(run, subject.driver, {
        ...world.acts,
        async endRun(...args) {
          refusals -= 1;
          if (refusals >= 0) throw new Error("The store is away.");
          return await world.acts.endRun(...args);
        },
      });
      await ended(subject.client, id);
      expect(normalised(world.history)).toEqual(await predict(run));
    });

    it("ends where the run has ended before it began", async () => {
      const { id, world } = await begun(scriptedRun(1), subject.driver, { begin: async () => null });
      await ended(subject.client, id);
      expect(world.history).toEqual({ tasks: {}, end: null, warning: null });
    });

    it("does not know what was never started", async () => {
      expect(await subject.client.state(subject.freshId())).toBe("unknown");
    });
  });
}

function gate() {
  let open = () => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

export type CrashSubject = {
  client: RunDriverClient;
  /** Program that serves the scripted run of a seed: arguments, then the file that it tells each act to, then the seed. */
  program: string;
  args: readonly string[];
  freshId(): string;
};

/** Keeps what was begun, through the kill of the process that serves. */
export function describeRunDriverCrashes(name: string, make: () => CrashSubject): void {
  describe(`RunDriver after kill -9: ${name}`, () => {
    let folder: string;
    const workers = new Set<ChildProcess>();
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "run-crash-"));
    });
    afterAll(async () => {
      for (const worker of workers) worker.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    });

    const served = async ({ program, args }: CrashSubject, file: string, seed: number) => {
      const worker = fork(program, [...args, file, String(seed)], { execArgv: ["--import", "tsx"] });
      workers.add(worker);
      await once(worker, "message");
      return worker;
    };
    const killed = async (worker: ChildProcess) => {
      worker.kill("SIGKILL");
      if (worker.exitCode === null && worker.signalCode === null) await once(worker, "exit");
      workers.delete(worker);
    };
    /** Of this run: the engine may hold others that nobody carried to their end. */
    const toldIn = async (file: string, runId: string): Promise<Told[]> =>
      (await readFile(file, "utf8"))
        .split("\n")
        .filter(Boolean)
        .map((line): Told => JSON.parse(line))
        .filter(({ args: [of] }) => of === runId);

    it("goes on where it was, twice, and does nothing twice in effect", async () => {
      const subject = make();
      const seed = 17;
      const run = scriptedRun(seed);
      const expected = await predict(run);
      const file = join(folder, "told");
      await writeFile(file, "");
      const id = subject.freshId();
      for (const acts of [2, 8]) {
        const worker = await served(subject, file, seed);
        await subject.client.start(id);
        while ((await toldIn(file, id)).length < acts) await pause(10);
        await killed(worker);
      }
      const last = await served(subject, file, seed);
      await ended(subject.client, id);
      await killed(last);
      await subject.client.close();

      const told = await toldIn(file, id);
      expect(told.length).toBeGreaterThan(12);
      expect(await historyOf(run, told)).toEqual({ history: expected, complaints: [] });
    }, 120_000);
  });
}
