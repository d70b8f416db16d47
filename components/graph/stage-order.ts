import type { Stage } from "./stage";

/** Ids in the order of the graph: a stage comes after all that it depends on; otherwise as written. */
export function stageOrder(stages: readonly Pick<Stage, "id" | "dependsOn">[]): string[] {
  const known = new Set(stages.map((stage) => stage.id));
  const placed = new Set<string>();
  let waiting = [...stages];
  while (waiting.length > 0) {
    const ready = waiting.filter((stage) => stage.dependsOn.every((id) => placed.has(id) || !known.has(id)));
    const next = ready.length > 0 ? ready : waiting;
    for (const stage of next) placed.add(stage.id);
    waiting = waiting.filter((stage) => !placed.has(stage.id));
  }
  return [...placed];
}
