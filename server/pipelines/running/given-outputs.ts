import type { ExecutionStore, RunFacts, TaskOutputs } from "./execution-store";
import { taskOf } from "./task-of";

type Store = Pick<ExecutionStore, "outputs" | "childOutputs">;

/**
 * What tasks gave to those behind them. Of a map it is what its children gave, in their order, also before it is told that
 * the map has ended.
 */
export async function givenOutputs(
  store: Store,
  { id, document }: Pick<RunFacts, "id" | "document">,
  taskIds: readonly string[],
): Promise<Map<string, TaskOutputs>> {
  const found = await store.outputs(id, taskIds);
  for (const [taskId, outputs] of found) {
    if (taskOf(document, taskId)?.type !== "map" || outputs.values !== undefined) continue;
    const results = (await store.childOutputs(id, taskId)).map(
      ({ values, metrics }) => values ?? metrics ?? null,
    );
    found.set(taskId, { ...outputs, values: { results } });
  }
  return found;
}
