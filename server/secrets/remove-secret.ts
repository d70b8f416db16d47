import { z } from "zod";
import { Failure } from "../../domain/shared/failure";
import { recordAudit, requireRole } from "../workspaces/index";
import { type SecretScope, secretUses } from "./list-secrets";
import { deleteSecret } from "./store";

export const RemoveSecretInput = z.object({
  name: z.string(),
  /** Even while a connection names it: its syncs fail until it is set again. */
  force: z.boolean().optional(),
});

/** Failures: `not_found`, `conflict` while a connection names it. */
export async function removeSecret(
  scope: SecretScope,
  { name, force = false }: z.infer<typeof RemoveSecretInput>,
): Promise<{ name: string }> {
  requireRole(scope, "engineer");
  const users = (await secretUses(scope)).get(name) ?? [];
  if (users.length > 0 && !force) {
    throw new Failure("conflict", `The secret ${name} is used by ${users.slice(0, 10).join(", ")}.`, {
      hint: "Change those connections first, or remove it by force: their syncs then fail until it is set again.",
    });
  }
  if (!(await deleteSecret(scope.db, scope.workspace.id, name))) {
    throw new Failure("not_found", `There is no secret ${name} in this workspace.`);
  }
  await recordAudit(scope, "secret.removed", name, force ? { usedBy: users } : {});
  return { name };
}
