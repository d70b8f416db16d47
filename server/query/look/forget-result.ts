import type { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { removeResult, resultFolder } from "../results/result-folder";
import { ownRun } from "../runs/own-run";
import { RunInput } from "../views";

export const ForgetResultInput = RunInput;
export const ForgetResultResult = RunInput;

/** Lets go of the rows of a result; the statement stays in the history, and one that still runs is cancelled. */
export async function forgetResult(
  scope: QueryScope,
  { id }: z.infer<typeof ForgetResultInput>,
): Promise<z.infer<typeof ForgetResultResult>> {
  requireRole(scope, "viewer");
  const run = await ownRun(scope, id);
  await scope.running.stop(id, new Failure("cancelled", `${scope.actor.name} let go of the result.`));
  await scope.store.changeRun(id, { resultKept: false });
  await removeResult(resultFolder(scope.resultsDir, run));
  return { id };
}
