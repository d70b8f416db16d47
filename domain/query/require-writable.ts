import { parseTableName } from "../ports/table-name";
import { Failure } from "../shared/failure";
import type { Role } from "../workspaces/role";
import { roleAtLeast } from "../workspaces/role-at-least";

const WRITABLE = ["lake", "analytics"];

/**
 * Refuses a table that this person's statements must not write. An analyst has a schema of their own, an engineer every
 * schema of lake and analytics. `own` is the name of that schema.
 *
 * Failures: `forbidden`, and `invalid_input` for a catalog that nobody writes.
 */
export function requireWritable(table: string, { role, own }: { role: Role; own: string }): void {
  const { catalog, schema, table: last } = parseTableName(table);
  if (!WRITABLE.includes(catalog))
    throw new Failure("invalid_input", `Statements write no tables of ${catalog}.`, {
      hint: `Write the table into analytics, as in analytics.${roleAtLeast(role, "engineer") ? "derived" : own}.${last}.`,
    });
  if (roleAtLeast(role, "engineer")) return;
  if (!roleAtLeast(role, "analyst"))
    throw new Failure("forbidden", "Writing a table needs the role analyst; yours is viewer.", {
      hint: "Run its SELECT alone, or ask an admin of this workspace for the role.",
    });
  if (catalog === "analytics" && schema === own) return;
  throw new Failure(
    "forbidden",
    `${table} is not in your own schema; to write there needs the role engineer.`,
    {
      hint: `Write it as analytics.${own}.${last}.`,
    },
  );
}
