import { type Numbered, orderedHost } from "../ordered-host";
import type { RunHost } from "../run-host";
import { randomOf } from "./scripted-run";

const never = (): Promise<never> => new Promise(() => {});

/**
 * A durable engine in a world of its own: time is a number, and what happens next is drawn from the seed. A process may
 * crash between any two happenings; an act takes effect and is recorded at different moments, so that a crash in between
 * makes it happen again; an act of a process that is gone may still take effect later; clocks jump.
 */
export function simulatedEngine(seed: number, { crashes, jumps }: { crashes: boolean; jumps: boolean }) {
  const random = randomOf(seed);
  const queue: { at: number; happen(): void }[] = [];
  const records = new Map<number, { name: string; answer: Numbered }>();
  let elapsed = 0;
  let clock = 1_000_000;
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
    return orderedHost({
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

    /** Carries `drive` to its end through all crashes. Returns how many there were. */
    async carry(drive: (host: RunHost) => Promise<void>): Promise<number> {
      for (let crashed = 0; ; crashed += 1) {
        const dying = crashes && crashed < 6 ? Math.floor(random() * 60) : 100_000;
        if (await lives(drive, dying)) return crashed;
        if (dying === 100_000) throw new Error("The run makes no progress.");
      }
    },
  };

  /** Whether the run ended within so many happenings. */
  async function lives(drive: (host: RunHost) => Promise<void>, happenings: number): Promise<boolean> {
    let isAlive = true;
    let isOver = false;
    const driving = drive(live(() => isAlive)).finally(() => {
      isOver = true;
    });
    driving.catch(() => {});
    for (let step = 0; step < happenings; step += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isOver) return driving.then(() => true);
      advance();
    }
    isAlive = false;
    return false;
  }
}
