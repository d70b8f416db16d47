import { z } from "zod";
import { DataSetKind } from "../../domain/datasets/data-set-record";
import { Failure } from "../../domain/shared/failure";
import { recordAudit, requireRole } from "../workspaces/index";
import { DataSetInput, type DataSetScope } from "./data-set-scope";
import { kindOf, publishedKind } from "./kinds/kind-of";

export const SetOwnerInput = DataSetInput.extend({
  /** A person or a team; null takes the owner away. */
  owner: z.string().trim().min(1).max(200).nullable(),
});
export const SetOwnerResult = z.object({
  kind: DataSetKind,
  name: z.string(),
  owner: z.string().nullable(),
});

/** Says who answers for a data set. */
export async function setOwner(
  scope: DataSetScope,
  { name: given, kind: wanted, owner }: z.infer<typeof SetOwnerInput>,
): Promise<z.infer<typeof SetOwnerResult>> {
  requireRole(scope, "engineer");
  const kind = await kindOf(scope, { name: given, kind: wanted });
  const found = await publishedKind(scope, kind).describe(given);
  if (found === null) throw new Failure("not_found", `There is no ${kind} ${given}.`);
  const { name } = found;
  await scope.store.setOwner(scope.workspace.id, { kind, name }, owner, scope.actor.name, scope.clock.now());
  await recordAudit(scope, "data_set.owner_set", name, { kind, owner });
  return { kind, name, owner };
}
