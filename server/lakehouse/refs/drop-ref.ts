import { z } from "zod";
import { recordAudit, requireRole } from "../../workspaces/index";
import { type ChangeScope, RefName, TableInput } from "../lakehouse-scope";

export const DropBranchInput = TableInput.extend({ branch: RefName });
export const DropTagInput = TableInput.extend({ tag: RefName });
export const DropRefResult = z.object({ name: z.string() });

/** Takes a branch away; its snapshots stay until they expire. */
export async function dropBranch(
  scope: ChangeScope,
  { name, branch }: z.infer<typeof DropBranchInput>,
): Promise<z.infer<typeof DropRefResult>> {
  return dropRef(scope, name, "branch", branch);
}

/** Takes a tag away; its snapshot stays until it expires. */
export async function dropTag(
  scope: ChangeScope,
  { name, tag }: z.infer<typeof DropTagInput>,
): Promise<z.infer<typeof DropRefResult>> {
  return dropRef(scope, name, "tag", tag);
}

async function dropRef(scope: ChangeScope, name: string, type: "branch" | "tag", ref: string) {
  requireRole(scope, "engineer");
  await scope.lakeAdmin.dropRef(scope.workspace.id, name, { type, name: ref });
  await recordAudit(scope, `table.${type}_dropped`, name, { [type]: ref });
  return { name: ref };
}
