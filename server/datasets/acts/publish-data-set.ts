import { z } from "zod";
import { DataSetKind } from "../../../domain/datasets/data-set-record";
import { Publication } from "../../../domain/datasets/publication";
import { Failure } from "../../../domain/shared/failure";
import { CheckSql, RefName } from "../../lakehouse/index";
import { requireRole } from "../../workspaces/index";
import { DataSetInput, type DataSetScope, IdempotencyKeyField, Note } from "../data-set-scope";
import { kindOf, publishedKind } from "../kinds/kind-of";
import { actId } from "./act-id";
import { carryOut } from "./carry-out";
import { settleIntents } from "./settle-intents";

export const PublishDataSetInput = DataSetInput.extend({
  version: z.string().min(1).max(100).optional(),
  /** Of a table. */
  branch: RefName.optional(),
  /** Of a table: a SELECT of the rows that must not be; it is published only if there are none. */
  check: CheckSql.optional(),
  note: Note,
  idempotencyKey: IdempotencyKeyField,
});

export const PublishResult = z.object({
  kind: DataSetKind,
  name: z.string(),
  /** What others see now. */
  publishedVersion: z.string().nullable(),
  /** Null where others saw that version already. */
  publication: Publication.nullable(),
});

/**
 * Lets others see a version, which stays as it is: a table's by a fast-forward of its branch, a model's by its alias, a
 * report's or dashboard's by this record. Publishing what is published changes nothing.
 *
 * Failures: `not_found`, `conflict` (the check finds rows; the branch or main has moved on; another act is under way).
 */
export async function publishDataSet(
  scope: DataSetScope,
  { name: given, kind: wanted, idempotencyKey, note, ...chosen }: z.infer<typeof PublishDataSetInput>,
): Promise<z.infer<typeof PublishResult>> {
  requireRole(scope, "engineer");
  if (chosen.version === undefined && chosen.branch === undefined)
    throw new Failure("invalid_input", "Name the version to publish, or a table's branch.", {
      errors: [{ pointer: "/version", message: "Name a version, or a branch." }],
    });
  const kind = await kindOf(scope, { name: given, kind: wanted });
  const found = await publishedKind(scope, kind).describe(given);
  if (found === null) throw new Failure("not_found", `There is no ${kind} ${given}.`);
  const { name } = found;
  const history = await settleIntents(scope, { kind, name });
  const id = actId(scope.workspace.id, idempotencyKey);
  const earlier = history.find((each) => each.id === id && each.status === "done");
  if (earlier !== undefined) return { kind, name, publishedVersion: earlier.version, publication: earlier };
  const { version, branch } = await publishedKind(scope, kind).choose(name, chosen);
  const current = (await publishedKind(scope, kind).describe(name)) ?? found;
  if (current.publishedVersion === version)
    return { kind, name, publishedVersion: version, publication: null };
  const publication = await carryOut(
    scope,
    {
      id,
      kind,
      name,
      act: "publish",
      version,
      previousVersion: current.publishedVersion,
      branch,
      undoes: null,
      note,
      status: "intended",
      by: scope.actor.name,
      actor: scope.actor.id,
      at: scope.clock.now(),
    },
    history,
  );
  return { kind, name, publishedVersion: version, publication };
}
