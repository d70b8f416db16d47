import type { DataSetScope } from "../data-set-scope";
import type { DataSetKey, HeldPublication } from "../data-set-store";
import { publishedKind } from "../kinds/kind-of";

/** So long an act may take; after that its process is gone. */
export const ACT_LIMIT_MS = 2 * 60_000;

/**
 * The publications of a data set, oldest first. One that was written down and whose end nobody told is looked up where
 * it acts: it is done, or after a while it did not take place.
 */
export async function settleIntents(scope: DataSetScope, key: DataSetKey): Promise<HeldPublication[]> {
  const { store, workspace, clock } = scope;
  const publications = await store.publications(workspace.id, key);
  const intents = publications.filter(({ status }) => status === "intended");
  if (intents.length === 0) return publications;
  for (const intent of intents) {
    const now = clock.now();
    if (await publishedKind(scope, key.kind).hasMoved(key.name, intent))
      await store.settle(workspace.id, intent, "done", now);
    else if (now.getTime() - intent.at.getTime() > ACT_LIMIT_MS)
      await store.settle(workspace.id, intent, "void", now);
  }
  return store.publications(workspace.id, key);
}
