import { z } from "zod";
import { DataSetRecord, DataSetVersion } from "../../domain/datasets/data-set-record";
import { Publication } from "../../domain/datasets/publication";
import { standingPublication } from "../../domain/datasets/standing-publication";
import { Failure } from "../../domain/shared/failure";
import { requireRole } from "../workspaces/index";
import { settleIntents } from "./acts/settle-intents";
import type { DataSetInput, DataSetScope } from "./data-set-scope";
import { kindOf, publishedKind } from "./kinds/kind-of";
import { toRecord } from "./to-record";

export const GetDataSetResult = DataSetRecord.extend({
  /** Newest first, at most a hundred. */
  versions: z.array(DataSetVersion),
  /** Of tables: where versions wait to be published. */
  branches: z.array(z.object({ name: z.string(), version: z.string(), isPublished: z.boolean() })),
  /** Newest first. */
  publications: z.array(Publication),
  /** The publication that an undo would take back; null where none stands. */
  standing: Publication.nullable(),
});

/** A data set with its versions, what was published of it, and what it was made from. */
export async function getDataSet(
  scope: DataSetScope,
  { name: given, kind: wanted }: z.infer<typeof DataSetInput>,
): Promise<z.infer<typeof GetDataSetResult>> {
  requireRole(scope, "viewer");
  const kind = await kindOf(scope, { name: given, kind: wanted });
  const first = await publishedKind(scope, kind).describe(given);
  if (first === null) throw new Failure("not_found", `There is no ${kind} ${given}.`);
  const { name } = first;
  const [publications, owners] = await Promise.all([
    settleIntents(scope, { kind, name }),
    scope.store.owners(scope.workspace.id),
  ]);
  const done = publications.filter(({ status }) => status === "done");
  const owner = owners.find((each) => each.kind === kind && each.name === name)?.owner ?? null;
  return {
    ...toRecord(kind, first, { owner, publication: done.at(-1) ?? null }),
    versions: first.versions,
    branches: first.branches,
    publications: publications.toReversed(),
    standing: standingPublication(done),
  };
}
