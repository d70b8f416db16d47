import { createHash } from "node:crypto";
import { ownSchema } from "../../../domain/query/own-schema";
import { membersOf, type Rows, type WorkspaceScope } from "../../workspaces/index";

/** Two underscores follow each other in no schema that is made of a name alone. */
const BEHIND_NAME = "__";

/**
 * The schema of analytics that is the actor's own. People choose their names: where several members have the same one, the
 * schema of that name is the longest-standing one's, and the others' are told apart by more than the name. A token is
 * named by an admin.
 */
export async function ownSchemaOf({ db, workspace, actor }: WorkspaceScope<{ db: Rows }>): Promise<string> {
  const plain = ownSchema(actor.name);
  if (actor.id.startsWith("token:")) return plain;
  const members = await membersOf(db, workspace.id);
  const first = members.find(({ name }) => ownSchema(name) === plain);
  if (first === undefined || first.userId === actor.id) return plain;
  return `${plain}${BEHIND_NAME}${createHash("sha256").update(actor.id).digest("hex").slice(0, 8)}`;
}
