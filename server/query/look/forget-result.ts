import type { z } from "zod";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { RunInput } from "../views";

export const ForgetResultInput = RunInput;
export const ForgetResultResult = RunInput;

/** Lets go of the rows of a result; the statement stays in the history. */
export async function forgetResult(
  scope: QueryScope,
  _input: z.infer<typeof ForgetResultInput>,
): Promise<z.infer<typeof ForgetResultResult>> {
  requireRole(scope, "viewer");
  throw new Failure("engine_unavailable", "This is not built yet.");
}
