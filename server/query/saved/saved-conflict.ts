import { shortQueryName } from "../../../domain/query/saved-query-name";
import { Failure } from "../../../domain/shared/failure";

/** Somebody saved, or removed, the query since the version that a draft was made from. */
export function savedConflict(
  name: string,
  newest: { version: number; createdBy: string; createdAt: Date } | null,
): Failure {
  const shown = shortQueryName(name);
  if (newest === null)
    return new Failure("conflict", `There is no saved query ${shown} any longer.`, {
      hint: "Save yours as a new query.",
    });
  const { version, createdBy, createdAt } = newest;
  const at = createdAt.toISOString().slice(0, 16).replace("T", " ");
  return new Failure(
    "conflict",
    `${shown} has a newer version: ${createdBy} saved version ${version} at ${at} UTC.`,
    { hint: "Compare yours with that version, then save it on top of it." },
  );
}
