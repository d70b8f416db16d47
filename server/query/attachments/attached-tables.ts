import type { DatabaseTable } from "../../../domain/ports/database-catalog";
import { spellTableName } from "../../../domain/ports/table-name";
import { Failure } from "../../../domain/shared/failure";
import type { Attachment, AttachmentProblem, AttachmentScope } from "./attachment-scope";
import { attachmentsOf } from "./attachments-of";
import { describedAttachment } from "./described-attachment";

/** A table of an attachment. `name` has three parts, `foreignKeys` name tables of the same catalog by three parts. */
export type AttachedTable = Pick<DatabaseTable, "columns" | "primaryKey" | "rows" | "bytes"> & {
  name: string;
  catalog: string;
  foreignKeys: { columns: string[]; table: string; references: string[] }[];
};

export type AttachedTables = {
  attachments: Attachment[];
  tables: AttachedTable[];
  /** One for each attachment that cannot be read, and why: the others are there all the same. */
  problems: AttachmentProblem[];
};

/**
 * Every table that statements of the workspace may read in place, for completion and for understanding statements. Asked
 * of the databases once a minute at most.
 */
export async function attachedTables(scope: AttachmentScope): Promise<AttachedTables> {
  const { attachments, problems } = await attachmentsOf(scope);
  const offered = attachments.filter(
    (attachment) => attachment.kind === "postgres" || scope.foreignCatalogs !== null,
  );
  const found = await Promise.all(
    offered.map(async (attachment): Promise<AttachedTable[] | AttachmentProblem> => {
      try {
        const { tables } = await describedAttachment(scope, attachment);
        return tables.flatMap((table) => toAttached(attachment.catalog, table));
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        const { catalog, source } = attachment;
        return { catalog, source, message: error.message };
      }
    }),
  );
  return {
    attachments: offered,
    tables: found.flatMap((each) => (Array.isArray(each) ? each : [])),
    problems: [...problems, ...found.flatMap((each) => (Array.isArray(each) ? [] : [each]))],
  };
}

function toAttached(catalog: string, table: DatabaseTable): AttachedTable {
  const spelt = (schema: string, name: string) => spellTableName({ catalog, schema, table: name });
  return {
    name: spelt(table.schema, table.name),
    catalog,
    columns: table.columns,
    primaryKey: table.primaryKey,
    rows: table.rows,
    bytes: table.bytes,
    foreignKeys: table.foreignKeys.map((key) => ({
      columns: key.columns,
      table: spelt(key.schema, key.table),
      references: key.references,
    })),
  };
}
