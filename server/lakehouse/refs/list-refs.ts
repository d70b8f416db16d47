import { z } from "zod";
import { requireRole } from "../../workspaces/index";
import type { ReadScope, TableInput } from "../lakehouse-scope";
import { RefView } from "../views";

export const ListRefsResult = z.array(RefView);
type Refs = z.infer<typeof ListRefsResult>;

/** The branches of a table, main first. */
export async function listBranches(scope: ReadScope, { name }: z.infer<typeof TableInput>): Promise<Refs> {
  const refs = await refsOf(scope, name, "branch");
  return [...refs.filter((ref) => ref.name === "main"), ...refs.filter((ref) => ref.name !== "main")];
}

/** The tags of a table. */
export async function listTags(scope: ReadScope, { name }: z.infer<typeof TableInput>): Promise<Refs> {
  return refsOf(scope, name, "tag");
}

async function refsOf(scope: ReadScope, name: string, type: "branch" | "tag"): Promise<Refs> {
  requireRole(scope, "viewer");
  const { refs } = await scope.lakeAdmin.describe(scope.workspace.id, name);
  return refs.filter((ref) => ref.type === type);
}
