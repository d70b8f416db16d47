import type { AttachedDatabase, ForeignCatalog } from "../../../domain/ports/statement-engine";
import type { Attachment, AttachmentScope } from "./attachment-scope";
import { describedAttachment } from "./described-attachment";
import { openDatabase, openForeign } from "./with-secrets";

export type OpenedAttachments = { databases: AttachedDatabase[]; foreignCatalogs: ForeignCatalog[] };

/**
 * These attachments with their secrets open, for the moment of a statement: they are not to be stored, logged or shown.
 *
 * Failures: `invalid_input` (a secret is not set), `forbidden` (the database's user may do more than read and cannot be held back),
 * `engine_unavailable` (the database does not answer).
 */
export async function openAttachments(
  scope: AttachmentScope,
  attachments: readonly Attachment[],
): Promise<OpenedAttachments> {
  const opened: OpenedAttachments = { databases: [], foreignCatalogs: [] };
  await Promise.all(
    attachments.map(async (attachment) => {
      if (attachment.kind === "foreign") {
        opened.foreignCatalogs.push(await openForeign(scope, attachment));
        return;
      }
      const [database, { options }] = await Promise.all([
        openDatabase(scope, attachment),
        describedAttachment(scope, attachment),
      ]);
      opened.databases.push({ ...database, options });
    }),
  );
  return opened;
}
