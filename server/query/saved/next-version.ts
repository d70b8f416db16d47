import { isDeepStrictEqual } from "node:util";
import type { SavedContent, SavedVersion } from "../query-store";
import { savedConflict } from "./saved-conflict";

const contentOf = ({ sql, dialect, parameters, chart }: SavedContent): SavedContent => ({
  sql,
  dialect,
  parameters,
  chart,
});

/**
 * The number of the version that this content becomes; null where it is what the current one says already. `current` is
 * null where the query is not there, or not any longer. Failures: `conflict`.
 */
export function nextVersion(
  name: string,
  { current, newest }: { current: number | null; newest: SavedVersion | null },
  content: SavedContent,
  expectedVersion: number | undefined,
): number | null {
  if (current !== null && newest !== null && isDeepStrictEqual(contentOf(newest), contentOf(content)))
    return null;
  if (expectedVersion !== undefined && expectedVersion !== (current ?? 0))
    throw savedConflict(name, current === null ? null : newest);
  return (newest?.version ?? 0) + 1;
}
