import { z } from "zod";
import type { SecretBox } from "../../domain/ports/secret-box";
import { SECRET_NAME } from "../../domain/sources/find-secret-references";
import { recordAudit, requireRole, type WorkspaceScope } from "../workspaces/index";
import { type Db, putSecret } from "./store";

export const SetSecretInput = z.object({
  name: z
    .string()
    .regex(SECRET_NAME, "Start with a letter or _; use letters, digits and _; at most 100 characters"),
  value: z.string().min(1, "A secret is not empty").max(100_000),
});
export type SetSecretInput = z.infer<typeof SetSecretInput>;
export const SetSecretResult = z.object({ name: z.string() });

/** Sets a secret of the workspace, or replaces it. Nothing gives its value back. */
export async function setSecret(
  scope: WorkspaceScope<{ db: Db; secretBox: SecretBox }>,
  { name, value }: SetSecretInput,
): Promise<z.infer<typeof SetSecretResult>> {
  requireRole(scope, "engineer");
  const workspaceId = scope.workspace.id;
  const sealed = scope.secretBox.seal(value, workspaceId);
  await putSecret(scope.db, { workspaceId, name, sealed, setAt: scope.clock.now(), setBy: scope.actor.name });
  await recordAudit(scope, "secret.set", name);
  return { name };
}
