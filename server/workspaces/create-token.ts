import { z } from "zod";
import { Role } from "../../domain/workspaces/role";
import { recordAudit } from "./record-audit";
import { requireRole, type WorkspaceScope } from "./scope";
import { hashSecretToken, newSecretToken } from "./secret-token";
import { type Db, insertToken } from "./store";

export const CreateTokenInput = z.object({ name: z.string().trim().min(1).max(80), role: Role });
export type CreateTokenInput = z.infer<typeof CreateTokenInput>;

const PREFIX_LENGTH = 10;

/** An API token of this workspace. Its text is given back now and never again. */
export async function createToken(
  scope: WorkspaceScope<{ db: Db }>,
  { name, role }: CreateTokenInput,
): Promise<{ id: string; token: string }> {
  requireRole(scope, "admin");
  const token = newSecretToken("bw_");
  return scope.db.$transaction(async (tx) => {
    const { id } = await insertToken(tx, {
      workspaceId: scope.workspace.id,
      name,
      role,
      tokenHash: hashSecretToken(token),
      prefix: token.slice(0, PREFIX_LENGTH),
      createdBy: scope.actor.id,
    });
    await recordAudit({ ...scope, db: tx }, "token.created", name, { id, role });
    return { id, token };
  });
}
