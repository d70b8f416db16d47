import { z } from "zod";
import { Failure } from "../../domain/shared/failure";
import { recordAudit } from "./record-audit";
import type { Actor } from "./scope";
import { type Db, insertWorkspace, putMembership, workspaceBySlug } from "./store";

/** Slugs that are first steps of the app's own addresses. */
const RESERVED = [
  "api",
  "setup",
  "sign-in",
  "sign-out",
  "welcome",
  "no-workspace",
  "invitation",
  "invitations",
  "account",
  "new",
  "status",
];

export const CreateWorkspaceInput = z.object({
  name: z.string().trim().min(1).max(80),
  slug: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,39}$/, "Use 2 to 40 lower-case letters, digits and hyphens, a letter first.")
    .refine((slug) => !RESERVED.includes(slug), "This word is used by the app itself."),
});
export type CreateWorkspaceInput = z.infer<typeof CreateWorkspaceInput>;

/** Makes a workspace of which the actor is the admin. Failures: `conflict` where the slug is taken. */
export async function createWorkspace(
  scope: { db: Db; actor: Actor },
  { name, slug }: CreateWorkspaceInput,
): Promise<{ slug: string; name: string }> {
  const taken = new Failure("conflict", `The short name "${slug}" is taken.`, {
    hint: "Choose another one.",
  });
  if ((await workspaceBySlug(scope.db, slug)) !== null) throw taken;
  return scope.db.$transaction(async (tx) => {
    const workspace = await insertWorkspace(tx, slug, name).catch(() => {
      throw taken;
    });
    await putMembership(tx, workspace.id, scope.actor.id, "admin");
    await recordAudit({ db: tx, actor: scope.actor, workspace }, "workspace.created", slug, { name });
    return { slug: workspace.slug, name: workspace.name };
  });
}
