import type { DataSetKind, DataSetRecord } from "../../domain/datasets/data-set-record";
import type { Publication } from "../../domain/datasets/publication";
import { stateOf } from "../../domain/datasets/state-of";
import type { KnownDataSet } from "./kinds/published-kind";

/**
 * The common record. `publication` is the newest of this data set; where it says something else than what others see,
 * as after a sync to a table, that version came with its writing.
 */
export function toRecord(
  kind: DataSetKind,
  { name, title, currentVersion, publishedVersion, updatedAt, updatedBy, inputs }: KnownDataSet,
  { owner, publication }: { owner: string | null; publication: Publication | null },
): DataSetRecord {
  const isTold = publication !== null && publication.version === publishedVersion;
  const isWritten = kind === "table" && publishedVersion !== null;
  return {
    kind,
    name,
    title,
    owner,
    currentVersion,
    publishedVersion,
    state: stateOf(currentVersion, publishedVersion),
    publishedAt: publishedVersion !== null && isTold ? publication.at : isWritten ? updatedAt : null,
    publishedBy: publishedVersion !== null && isTold ? publication.by : isWritten ? updatedBy : null,
    updatedAt,
    updatedBy,
    inputs,
  };
}
