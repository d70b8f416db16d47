import { Failure, type FailureCode } from "../../../domain/shared/failure";
import type { DataSetScope } from "../data-set-scope";
import type { HeldPublication } from "../data-set-store";
import { publishedKind } from "../kinds/kind-of";

/** Failures after which is known that nothing was changed. */
const NOTHING_CHANGED: FailureCode[] = ["conflict", "not_found", "invalid_input", "forbidden"];

/**
 * Writes the publication down, acts, and says that it is done. Where the process ends in between, the next who asks
 * finds out whether the act took place.
 *
 * Failures: `conflict` (another act is under way or came between), and those of the act.
 */
export async function carryOut(
  scope: DataSetScope,
  publication: HeldPublication,
  history: HeldPublication[],
): Promise<HeldPublication> {
  const { store, workspace, clock } = scope;
  const newest = history.at(-1);
  if (newest?.status === "intended") throw underWay(newest.by);
  if (!(await store.begin(workspace.id, publication, newest?.id ?? null))) throw underWay("Somebody");
  try {
    await publishedKind(scope, publication.kind).move(publication.name, publication);
  } catch (error) {
    if (error instanceof Failure && NOTHING_CHANGED.includes(error.code))
      await store.settle(workspace.id, publication, "void", clock.now());
    throw error;
  }
  await store.settle(workspace.id, publication, "done", clock.now());
  return { ...publication, status: "done" };
}

const underWay = (by: string): Failure =>
  new Failure("conflict", `${by} is publishing this at the moment.`, {
    hint: "Look again in a moment.",
    retryable: true,
  });
