import { type Numbered, orderedHost } from "../ordered-host";
import type { RunHost } from "../run-host";
import type { RunSoFar } from "../run-so-far";
import { randomOf } from "./scripted-run";

type Drive = (host: RunHost, soFar: RunSoFar | null) => Promise<RunSoFar | null>;

const never = (): Promise<never> => new Promise(() => {});

/**
 * A durable engine in a world of its own: time is a number, and what happens next is drawn from the seed. A process may
 * crash between any two happenings; an act takes effect and is recorded at different moments, so that a crash in between
 * makes it happen again; an act of a process that is gone may still take effect later; clocks jump. Where it `rests`, it bears
 * few records: it has the run rest, forgets them, and goes on.
 */
export function simulatedEngine(
  seed: number,
  { crashes, jumps, rests = false }: { crashes: boolean; jumps: boolean; rests?: boolean },
) {
  const random = randomOf(seed);
  const queue: { at: number; happen(): void }[] = [];
  const records = new Map<number, { name: string; answer: Numbered }>();
  let most = Math.ceil(random() * 6);
  let elapsed = 0;
  let clock = 1_000_000;
  let rested = 0;
  const complaints: string[] = [];

  /** Some stores are slow: one act in ten takes a hundred times as long. */
  const delay = () => random() * (random() < 0.1 ? 1_000 : 10);
  const later = (ms: number, happen: () => void) => {
    queue.push({ at: elapsed + ms, happen });
  };

  const pass = (ms: number) => new Promise<void>((resolve) => later(ms, resolve));

  /** Something happens, and all that follows from it at once. */
  const advance = () => {
    let first = 0;
    for (const [index, each] of queue.entries()) if (each.at < (queue[first]?.at ?? 0)) first = index;
    const next = queue.splice(first, 1)[0];
    if (next === undefined) throw new Error("The run waits for what will not come.");
    clock += next.at - elapsed;
    if (jumps && random() < 0.02) clock += Math.round((random() - 0.5) * 10_000_000);
    elapsed = next.at;
    next.happen();
  };

  /** One life of the process that carries the run. It knows nothing of the lives before but what is recorded. */
  const live = (isAlive: () => boolean): RunHost => {
    let place = 0;
    const record = async (at: number, name: string, act: () => Promise<Numbered>) => {
      // Begun by this process, it takes effect even where the process is gone by then; its answer is lost then.
      await pass(delay());
      const answer = await act();
      await pass(delay());
      if (!isAlive()) return never();
      records.set(at, { name, answer: structuredClone(answer) });
      await pass(delay());
      return isAlive() ? structuredClone(answer) : never();
    };
    const host = orderedHost({
      recorded: [...records.values()],
      now: () => clock,
      sleep: async (ms) => {
        await pass(ms);
        if (!isAlive()) await never();
      },
      async step(name, act) {
        const at = place;
        place += 1;
        const known = records.get(at);
        if (known === undefined) return record(at, name, act);
        if (known.name !== name) complaints.push(`step ${at} is ${name} and was ${known.name}`);
        await pass(random() * 3);
        return isAlive() ? known.answer : never();
      },
    });
    if (!rests) return host;
    let learnt = 0;
    return {
      ...host,
      next() {
        learnt += 1;
        return host.next();
      },
      rest: () => (learnt < most ? "no" : learnt < 2 * most ? "when_idle" : "soon"),
    };
  };

  /** After how many happenings the next crash comes. */
  const happenings = (crashed: number) => {
    if (crashes && crashed < 6) return Math.floor(random() * 60);
    if (crashed > (crashes ? 6 : 0)) throw new Error("The run makes no progress.");
    return 100_000;
  };

  return {
    complaints,
    now: () => clock,
    /** Acts whose effect comes later and may come twice, as by an engine that takes a slow process for a lost one. */
    async twice<T>(act: () => T | Promise<T>): Promise<T> {
      if (random() < 0.1) later(delay(), () => void act());
      return await act();
    },
    pass: () => pass(delay()),

    /** Carries `drive` to its end through all crashes and rests. Returns how many crashes there were. */
    async carry(drive: Drive): Promise<number> {
      let soFar: RunSoFar | null = null;
      let crashed = 0;
      for (;;) {
        const life = await lives(drive, soFar, happenings(crashed));
        if (life === null) return crashed;
        if (life === "died") crashed += 1;
        else soFar = goOnElsewhere(life);
      }
    },
    rests: () => rested,
  };

  function goOnElsewhere(soFar: RunSoFar): RunSoFar {
    records.clear();
    most = Math.ceil(random() * 6);
    rested += 1;
    return structuredClone(soFar);
  }

  /** What `drive` returned within so many happenings. */
  async function lives(
    drive: Drive,
    soFar: RunSoFar | null,
    happenings: number,
  ): Promise<RunSoFar | null | "died"> {
    let isAlive = true;
    let isOver = false;
    const driving = drive(
      live(() => isAlive),
      soFar,
    ).finally(() => {
      isOver = true;
    });
    driving.catch(() => {});
    for (let step = 0; step < happenings; step += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isOver) {
        isAlive = false;
        return driving;
      }
      advance();
    }
    isAlive = false;
    return "died";
  }
}
