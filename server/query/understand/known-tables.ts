import type { TableLocation } from "../../../domain/ports/query-engine";
import type { KnownTable } from "../../../domain/ports/sql-language";
import { parseTableName } from "../../../domain/ports/table-name";
import type { PlacedRead } from "../../../domain/query/place";
import type { PinnedText } from "../../lakehouse/index";
import type { AttachedTable } from "../attachments/attached-tables";
import type { Attachment } from "../attachments/attachment-scope";
import type { BrowserFacts } from "../views";

/** A table that a statement may name, and what is known of it. */
export type StatementTable = {
  /** As the language knows it: three parts without quotes. */
  raw: string;
  /** As people write it; another one than `as` where it is read as of an earlier time. */
  table: string;
  /** As the statement for the engine names it. */
  as: string;
  at: PlacedRead["at"];
  columns: KnownTable["columns"];
  snapshotId: string | null;
  rows: number | null;
  bytes: number | null;
  /** Null for tables that are not in the lake. */
  location: TableLocation | null;
};

const rawName = (name: string): string => Object.values(parseTableName(name)).join(".");

/** Every table that a statement may name. */
export function statementTables(
  pinned: PinnedText,
  attached: { attachments: Attachment[]; tables: AttachedTable[] },
  browser: BrowserFacts | undefined,
): StatementTable[] {
  const lake = pinned.current.map((table, index): StatementTable => {
    const { name, columns, snapshotId, rowCount, bytes } = table;
    const location = pinned.tables[index] ?? null;
    return { ...lakeTable(name, columns, location), snapshotId, rows: rowCount, bytes };
  });
  const byName = new Map(lake.map((each) => [each.table, each]));
  const travelled = pinned.travelled.map(({ as, table, snapshotId }): StatementTable => {
    const location = pinned.tables.find(({ name }) => name === as) ?? null;
    const current = byName.get(table);
    const columns = current?.columns ?? [];
    const bytes = current?.bytes ?? null;
    return { ...lakeTable(as, columns, location), table, snapshotId, rows: null, bytes };
  });
  const foreign = new Set(
    attached.attachments.filter(({ kind }) => kind === "foreign").map((each) => each.catalog),
  );
  const databases = attached.tables.map((table): StatementTable => {
    const { name, catalog, columns, rows, bytes } = table;
    const at = foreign.has(catalog) ? "foreign" : "database";
    return {
      raw: rawName(name),
      table: name,
      as: name,
      at,
      columns,
      snapshotId: null,
      rows,
      bytes,
      location: null,
    };
  });
  const page = (browser?.tables ?? []).flatMap(({ name, columns, bytes }): StatementTable[] =>
    columns === undefined || byName.has(name)
      ? []
      : [
          {
            raw: name,
            table: name,
            as: name,
            at: "page",
            columns,
            snapshotId: null,
            rows: null,
            bytes,
            location: null,
          },
        ],
  );
  return [...lake, ...travelled, ...databases, ...page];
}

const lakeTable = (name: string, columns: KnownTable["columns"], location: TableLocation | null) => ({
  raw: rawName(name),
  table: name,
  as: name,
  at: "lake" as const,
  columns: columns.map((column) => ({ name: column.name, type: column.type })),
  location,
});
