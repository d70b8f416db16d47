import { resolveMoment } from "../../domain/lakehouse/resolve-moment";
import { type Moment, readTime } from "../../domain/lakehouse/time-travel";
import type { TableDetail } from "../../domain/ports/lake-admin";
import { Failure } from "../../domain/shared/failure";
import type { ReadScope } from "./lakehouse-scope";

/** Reads what a person writes for a moment: the id of a snapshot, a time, or the name of a branch or tag. */
export function readMoment(text: string): Moment {
  if (/^\d+$/.test(text)) return { kind: "snapshot", snapshotId: text };
  const at = readTime(text);
  return at === null ? { kind: "ref", ref: text } : { kind: "time", at };
}

/** The snapshot that a moment of the table means. Failures: `not_found`. */
export async function snapshotOf(
  { lakeAdmin, workspace }: ReadScope,
  table: TableDetail,
  moment: Moment,
): Promise<string> {
  const history = moment.kind === "time" ? await lakeAdmin.history(workspace.id, table.name) : [];
  return resolveMoment(table.name, moment, { refs: table.refs, history });
}

/** At most one of the three may be given. Failures: `invalid_input`. */
export function momentOf(given: {
  snapshotId?: string | undefined;
  ref?: string | undefined;
  asOf?: string | undefined;
}): Moment | null {
  const moments: Moment[] = [];
  if (given.snapshotId !== undefined) moments.push({ kind: "snapshot", snapshotId: given.snapshotId });
  if (given.ref !== undefined) moments.push({ kind: "ref", ref: given.ref });
  if (given.asOf !== undefined) {
    const at = readTime(given.asOf);
    if (at === null)
      throw new Failure("invalid_input", `"${given.asOf}" is not a time.`, {
        hint: "Write it as 2026-01-31T10:00:00Z.",
        errors: [{ pointer: "/asOf", message: "This is not a time." }],
      });
    moments.push({ kind: "time", at });
  }
  if (moments.length > 1)
    throw new Failure("invalid_input", "Give a snapshot, a branch or tag, or a time, but one of them only.");
  return moments[0] ?? null;
}
