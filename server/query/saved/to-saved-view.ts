import { shortQueryName } from "../../../domain/query/saved-query-name";
import type { SavedVersion } from "../query-store";
import type { SavedQueryView } from "./saved-views";

/** `currentVersion` is 0 for a query that was removed. */
export const toSavedView = ({ name, ...version }: SavedVersion, currentVersion: number): SavedQueryView => ({
  ...version,
  name: shortQueryName(name),
  ref: name,
  currentVersion,
});
