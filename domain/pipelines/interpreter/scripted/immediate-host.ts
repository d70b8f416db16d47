import type { RunHost } from "../run-host";

/** A host that records nothing and waits for no timer: what begins first ends first. */
export function immediateHost(): RunHost {
  const begun: { key: string; act: () => Promise<unknown> }[] = [];
  return {
    begin: (key, act) => void begun.push({ key, act }),
    timer: (key) => void (key === "deadline" || begun.push({ key, act: async () => null })),
    async next() {
      const first = begun.shift();
      if (first === undefined) throw new Error("The run waits for nothing.");
      return { key: first.key, answer: await first.act() };
    },
  };
}
