import type { RunActs } from "../run-acts";
import type { ScriptedRun } from "./scripted-run";
import { normalised, scriptedWorld } from "./scripted-world";

/** An act that took effect. */
export type Told = {
  [Name in keyof RunActs]: { act: Name; args: Parameters<RunActs[Name]> };
}[keyof RunActs];

/** Acts that keep nothing: `pass` takes their time, and `tell` is told of each when it takes effect. */
export function toldActs(
  { plan, outcomeOf }: ScriptedRun,
  { pass, tell }: { pass(): Promise<void>; tell(told: Told): void },
): RunActs {
  return {
    begin: async () => ({ plan, startedAtMs: Date.now() }),
    async attempt(...args) {
      await pass();
      tell({ act: "attempt", args });
      return { outcome: outcomeOf(args[1], args[2]), endedAtMs: Date.now() };
    },
    pause: async (...args) => tell({ act: "pause", args }),
    rollBack: async (...args) => tell({ act: "rollBack", args }),
    async endTasks(...args) {
      await pass();
      tell({ act: "endTasks", args });
    },
    endRun: async (...args) => tell({ act: "endRun", args }),
  };
}

/** What became of a run by what was told of it, in the order in which it was. */
export async function historyOf(run: ScriptedRun, told: readonly Told[]) {
  const { acts, history, complaints } = scriptedWorld(run, () => 0);
  for (const { act, args } of told) await (acts[act] as (...all: unknown[]) => Promise<unknown>)(...args);
  return { history: normalised(history), complaints };
}
