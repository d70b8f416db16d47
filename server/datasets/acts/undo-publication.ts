import { z } from "zod";
import { standingPublication } from "../../../domain/datasets/standing-publication";
import { Failure } from "../../../domain/shared/failure";
import { requireRole } from "../../workspaces/index";
import { DataSetInput, type DataSetScope, IdempotencyKeyField, Note } from "../data-set-scope";
import { kindOf, publishedKind } from "../kinds/kind-of";
import { actId } from "./act-id";
import { carryOut } from "./carry-out";
import type { PublishResult } from "./publish-data-set";
import { settleIntents } from "./settle-intents";

export const UndoPublicationInput = DataSetInput.extend({
  /** The publication that is meant; without it the newest that stands. */
  publicationId: z.string().max(100).optional(),
  note: Note,
  idempotencyKey: IdempotencyKeyField,
});

/**
 * Lets others see again what they saw before the newest publication that stands. Another undo goes back one more.
 *
 * Failures: `not_found`, `conflict` (nothing was published; another publication came; a table was written to since).
 */
export async function undoPublication(
  scope: DataSetScope,
  { name: given, kind: wanted, publicationId, note, idempotencyKey }: z.infer<typeof UndoPublicationInput>,
): Promise<z.infer<typeof PublishResult>> {
  requireRole(scope, "engineer");
  const kind = await kindOf(scope, { name: given, kind: wanted });
  const found = await publishedKind(scope, kind).describe(given);
  if (found === null) throw new Failure("not_found", `There is no ${kind} ${given}.`);
  const { name } = found;
  const history = await settleIntents(scope, { kind, name });
  const id = actId(scope.workspace.id, idempotencyKey);
  const earlier = history.find((each) => each.id === id && each.status === "done");
  if (earlier !== undefined) return { kind, name, publishedVersion: earlier.version, publication: earlier };
  const standing = standingPublication(history.filter(({ status }) => status === "done"));
  if (standing === null)
    throw new Failure("conflict", `No publication of ${name} stands, so there is nothing to undo.`);
  if (publicationId !== undefined && publicationId !== standing.id)
    throw new Failure("conflict", `Another publication of ${name} came meanwhile.`, {
      hint: "Look at the publications again.",
    });
  const publication = await carryOut(
    scope,
    {
      id,
      kind,
      name,
      act: "undo",
      version: standing.previousVersion,
      previousVersion: standing.version,
      branch: null,
      undoes: standing.id,
      note,
      status: "intended",
      by: scope.actor.name,
      actor: scope.actor.id,
      at: scope.clock.now(),
    },
    history,
  );
  return { kind, name, publishedVersion: publication.version, publication };
}
