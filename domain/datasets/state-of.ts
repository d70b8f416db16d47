import type { DataSetState } from "./data-set-record";

export function stateOf(currentVersion: string | null, publishedVersion: string | null): DataSetState {
  if (publishedVersion === null) return "draft";
  return currentVersion === publishedVersion ? "published" : "changed";
}
