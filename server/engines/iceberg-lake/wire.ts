import { z } from "zod";
import type {
  DataFile,
  HistoryEntry,
  LakeRef,
  LakeSnapshot,
  Partition,
  SchemaVersion,
  TableDetail,
} from "../../../domain/ports/lake-admin";
import { MAINTENANCE_ACTIONS } from "../../../domain/ports/lake-admin";
import type { CatalogTable, TableColumn } from "../../../domain/ports/table-catalog";
import { parseTableName, spellTableName } from "../../../domain/ports/table-name";

/** What the lake's writer answers, and the same in our own words. Fields that we do not read are passed over. */

const Id = z.union([z.string(), z.number()]).transform(String);
const OptionalId = Id.nullish().transform((id) => id ?? null);
const Count = z.coerce.number();
const OptionalCount = Count.nullish().transform((count) => count ?? 0);
const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? "");
/** RFC 3339, or milliseconds since 1970. */
const Time = z.union([z.string(), z.number()]).transform((time) => new Date(time));
const OptionalTime = Time.nullish().transform((time) => time ?? new Date(0));

const Column = z
  .object({
    id: z.number(),
    name: z.string(),
    type: z.string(),
    required: z.boolean().nullish(),
    doc: z.string().nullish(),
  })
  .transform(
    ({ required, doc, ...column }): TableColumn => ({
      ...column,
      required: required ?? false,
      doc: doc ?? null,
    }),
  );

/** The writer leaves blanks unquoted; here a name has one spelling. */
export const spelled = (name: string): string => {
  const parts = [...name.matchAll(/"((?:[^"]|"")*)"|([^".]+)/g)];
  const [catalog = "", schema = "", table = ""] = parts.map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
  return spellTableName({ catalog, schema, table });
};

const TableFields = z.object({
  name: z.string().transform(spelled),
  table_uuid: z.string(),
  metadata_location: z.string(),
  snapshot_id: OptionalId,
  row_count: OptionalCount,
  bytes: OptionalCount,
  file_count: OptionalCount,
  columns: z.array(Column),
  committed_at: OptionalTime,
  written_by: Text,
  sequence: OptionalCount,
});

const toTable = (wire: z.infer<typeof TableFields>): CatalogTable => ({
  name: wire.name,
  tableId: wire.table_uuid,
  metadataLocation: wire.metadata_location,
  snapshotId: wire.snapshot_id,
  rowCount: wire.row_count,
  bytes: wire.bytes,
  fileCount: wire.file_count,
  columns: wire.columns,
  version: wire.sequence,
  committedAt: wire.committed_at,
  writtenBy: wire.written_by,
});

export const TableWire = TableFields.transform(toTable);

const RefWire = z.object({ snapshot_id: Id, type: z.enum(["branch", "tag"]) });

const Change = z
  .looseObject({ kind: z.string(), name: z.string().nullish(), column: z.string().nullish() })
  .transform(({ kind, name, column, ...rest }) => ({
    kind,
    column: column ?? name ?? "",
    detail:
      Object.entries(rest)
        .filter(([key, value]) => key !== "id" && (typeof value === "string" || typeof value === "number"))
        .map(([key, value]) => `${key} ${value}`)
        .join(", ") || null,
  }));

const Schema = z
  .object({
    schema_id: z.number(),
    at: Time.nullish(),
    changes: z.array(Change).nullish(),
    columns: z.array(Column),
  })
  .transform(
    (wire): SchemaVersion => ({
      schemaId: wire.schema_id,
      at: wire.at ?? null,
      changes: wire.changes ?? [],
      columns: wire.columns,
    }),
  );

const SpecField = z.looseObject({
  name: z.string(),
  transform: z.string().nullish(),
  column: z.string().nullish(),
});
const SortField = z.looseObject({ column: z.string().nullish(), direction: z.string().nullish() });
const Spec = z.union([SpecField, z.string().transform((name) => ({ name, transform: null, column: null }))]);
const Sort = z.union([SortField, z.string().transform((column) => ({ column, direction: null }))]);

export const DetailWire = TableFields.extend({
  properties: z.record(z.string(), z.coerce.string()).nullish(),
  partition_spec: z.array(Spec).nullish(),
  sort_order: z.array(Sort).nullish(),
  refs: z.record(z.string(), RefWire).nullish(),
  schemas: z.array(Schema).nullish(),
  key: z.array(z.string()).nullish(),
}).transform(
  (wire): TableDetail => ({
    ...toTable(wire),
    properties: wire.properties ?? {},
    partitionSpec: (wire.partition_spec ?? []).map(({ name, transform, column }) => ({
      name,
      transform: transform ?? "",
      column: column ?? "",
    })),
    sortOrder: (wire.sort_order ?? []).map(({ column, direction }) => ({
      column: column ?? "",
      direction: direction ?? "asc",
    })),
    refs: Object.entries(wire.refs ?? {}).map(
      ([name, ref]): LakeRef => ({
        name,
        type: ref.type,
        snapshotId: ref.snapshot_id,
      }),
    ),
    schemas: wire.schemas ?? [],
    key: wire.key ?? [],
  }),
);

const pageOf = <T extends z.ZodType>(item: T) =>
  z
    .object({ items: z.array(item), nextCursor: Id.nullish(), delete_files: OptionalCount })
    .transform((wire) => ({
      items: wire.items as z.output<T>[],
      nextCursor: wire.nextCursor ?? null,
      deleteFiles: wire.delete_files,
    }));

export const SnapshotsWire = pageOf(
  z
    .object({
      snapshot_id: Id,
      parent_id: OptionalId,
      sequence: OptionalCount,
      committed_at: Time,
      operation: z.enum(["append", "overwrite", "delete", "replace"]),
      written_by: Text,
      kind: Text,
      added_rows: OptionalCount,
      deleted_rows: OptionalCount,
      total_rows: OptionalCount,
      added_files: OptionalCount,
      removed_files: OptionalCount,
      bytes: OptionalCount,
      schema_id: z.number().nullish(),
      refs: z.array(z.string()).nullish(),
      rollback_to: OptionalId,
    })
    .transform(
      (wire): LakeSnapshot => ({
        snapshotId: wire.snapshot_id,
        parentId: wire.parent_id,
        version: wire.sequence,
        committedAt: wire.committed_at,
        operation: wire.operation,
        writtenBy: wire.written_by,
        kind: wire.kind,
        addedRows: wire.added_rows,
        deletedRows: wire.deleted_rows,
        totalRows: wire.total_rows,
        addedFiles: wire.added_files,
        removedFiles: wire.removed_files,
        bytes: wire.bytes,
        schemaId: wire.schema_id ?? null,
        refs: wire.refs ?? [],
        rollbackTo: wire.rollback_to,
      }),
    ),
);

const Value = z
  .unknown()
  .transform((value) => (value === null || value === undefined ? null : String(value)));
const PartitionValues = z
  .record(z.string(), Value)
  .nullish()
  .transform((values) => values ?? {});
const Bound = z.looseObject({ lower: Value, upper: Value });

export const FilesWire = pageOf(
  z
    .object({
      path: z.string(),
      rows: Count,
      bytes: Count,
      partition: PartitionValues,
      column_bounds: z.record(z.string(), Bound).nullish(),
    })
    .transform(
      ({ column_bounds, ...file }): DataFile => ({
        ...file,
        bounds: Object.entries(column_bounds ?? {}).map(([column, { lower, upper }]) => ({
          column,
          lower,
          upper,
        })),
      }),
    ),
);

export const PartitionsWire = z
  .object({
    items: z.array(
      z
        .looseObject({
          partition: PartitionValues,
          rows: OptionalCount,
          bytes: OptionalCount,
          files: OptionalCount,
        })
        .transform(({ partition, rows, bytes, files }): Partition => ({ partition, rows, bytes, files })),
    ),
  })
  .transform(({ items }) => items);

export const HistoryWire = z
  .object({ items: z.array(z.object({ snapshot_id: Id, at: Time })) })
  .transform(({ items }) =>
    items.map(({ snapshot_id, at }): HistoryEntry => ({ snapshotId: snapshot_id, at })),
  );

export const CommitWire = z.object({
  snapshot_id: OptionalId,
  sequence: OptionalCount,
  row_count: OptionalCount,
});

export const MovedWire = z.looseObject({ snapshot_id: Id });

export const PlanWire = z
  .looseObject({
    plan_id: Id.nullish(),
    action: z.enum(MAINTENANCE_ACTIONS).nullish(),
    based_on_snapshot: OptionalId,
    files_in: OptionalCount,
    bytes_in: OptionalCount,
    files_out: OptionalCount,
    bytes_out: OptionalCount,
    files: z
      .array(z.union([z.string(), z.looseObject({ path: z.string() }).transform(({ path }) => path)]))
      .nullish(),
    snapshots: z.array(Id).nullish(),
    snapshot_id: OptionalId,
    scan_saving_share: z.number().nullish(),
  })
  .transform((wire) => ({
    planId: wire.plan_id ?? "",
    basedOnSnapshotId: wire.based_on_snapshot,
    filesIn: wire.files_in,
    bytesIn: wire.bytes_in,
    filesOut: wire.files_out,
    bytesOut: wire.bytes_out,
    files: wire.files ?? [],
    snapshotIds: wire.snapshots ?? [],
    scanSavingShare: wire.scan_saving_share ?? null,
    snapshotId: wire.snapshot_id,
  }));

/** The name as the writer is asked for it, checked. */
export const addressed = (name: string): string => encodeURIComponent(spellTableName(parseTableName(name)));
