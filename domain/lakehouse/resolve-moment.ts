import type { HistoryEntry, LakeRef } from "../ports/lake-admin";
import { Failure } from "../shared/failure";
import type { Moment } from "./time-travel";

/**
 * The snapshot that a moment of a table means. A time means what main held then, also where it was rolled back since.
 * Failures: `not_found` (no such branch or tag; nothing was written by then).
 */
export function resolveMoment(
  table: string,
  moment: Moment,
  { refs, history }: { refs: LakeRef[]; history: HistoryEntry[] },
): string {
  if (moment.kind === "snapshot") return moment.snapshotId;
  if (moment.kind === "ref") {
    const ref = refs.find(({ name }) => name === moment.ref);
    if (ref !== undefined) return ref.snapshotId;
    throw new Failure("not_found", `${table} has no branch or tag "${moment.ref}".`, {
      hint: `It has ${refs.map(({ name }) => name).join(", ") || "none"}.`,
    });
  }
  const held = history.filter(({ at }) => at.getTime() <= moment.at.getTime()).at(-1);
  if (held !== undefined) return held.snapshotId;
  const [first] = history;
  throw new Failure("not_found", `${table} held nothing at ${moment.at.toISOString()}.`, {
    hint:
      first === undefined
        ? "Nothing was ever written to it."
        : `Its history that is kept begins at ${first.at.toISOString()}.`,
  });
}
