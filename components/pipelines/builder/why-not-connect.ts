import type { LooseTask } from "./prepare-flow";

/** A connection that would close a loop is refused with the loop. */
export function whyNotConnect(tasks: readonly LooseTask[], from: string, to: string): string | null {
  if (from === to) return "A task cannot wait for itself.";
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const cameFrom = new Map<string, string | null>([[from, null]]);
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) {
      const loop = [to];
      for (let at = cameFrom.get(to) ?? null; at !== null; at = cameFrom.get(at) ?? null) loop.push(at);
      return `That would close a loop: ${[...loop, to].join(" → ")}.`;
    }
    for (const before of byId.get(id)?.dependsOn ?? []) {
      if (cameFrom.has(before)) continue;
      cameFrom.set(before, id);
      open.push(before);
    }
  }
  return null;
}
