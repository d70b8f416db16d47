import type { At, LakeRef, LakeSnapshot, Page, PageInput } from "../../../domain/ports/lake-admin";
import type { CatalogTable } from "../../../domain/ports/table-catalog";
import { Failure } from "../../../domain/shared/failure";

export type File = { path: string; rows: number };
export type Snapshot = LakeSnapshot & { files: File[]; key: string };
export type Table = {
  tableId: string;
  name: string;
  snapshots: Snapshot[];
  refs: Map<string, LakeRef>;
  history: { snapshotId: string; at: Date }[];
  states: number;
};

export const BYTES_PER_ROW = 10;
export const COLUMNS = [{ id: 1, name: "category", type: "varchar", required: false, doc: null }];

/** Failures: `not_found`. */
export function snapshotOf(table: Table, id: string): Snapshot {
  const found = table.snapshots.find(({ snapshotId }) => snapshotId === id);
  if (found === undefined) throw new Failure("not_found", `${table.name} has no snapshot ${id}.`);
  return found;
}

/** Failures: `not_found`. */
export function refOf(table: Table, name: string): LakeRef {
  const found = table.refs.get(name);
  if (found === undefined) throw new Failure("not_found", `${table.name} has no branch or tag ${name}.`);
  return found;
}

/** What a snapshot, a ref or, with neither, main holds; null for main of a table without snapshots. */
export function snapshotAt(table: Table, { snapshotId, ref }: At): Snapshot | null {
  if (snapshotId !== undefined) return snapshotOf(table, snapshotId);
  if (ref !== undefined) return snapshotOf(table, refOf(table, ref).snapshotId);
  const main = table.refs.get("main");
  return main === undefined ? null : snapshotOf(table, main.snapshotId);
}

const figuresOf = (snapshot: Snapshot) => ({
  snapshotId: snapshot.snapshotId,
  rowCount: snapshot.totalRows,
  bytes: snapshot.bytes,
  fileCount: snapshot.files.length,
  version: snapshot.version,
  committedAt: snapshot.committedAt,
  writtenBy: snapshot.writtenBy,
});

const NOTHING = {
  snapshotId: null,
  rowCount: 0,
  bytes: 0,
  fileCount: 0,
  version: 0,
  committedAt: new Date(0),
  writtenBy: "",
};

export function shownTable(table: Table, at: At = {}): CatalogTable {
  const snapshot = snapshotAt(table, at);
  return {
    name: table.name,
    tableId: table.tableId,
    metadataLocation: `/memory/${table.tableId}/metadata/${table.states}.metadata.json`,
    columns: COLUMNS,
    ...(snapshot === null ? NOTHING : figuresOf(snapshot)),
  };
}

/** A snapshot and those that led to it, newest first. */
export function ancestry(table: Table, from: string | null): Snapshot[] {
  const line: Snapshot[] = [];
  for (let id = from; id !== null; id = line.at(-1)?.parentId ?? null) line.push(snapshotOf(table, id));
  return line;
}

export const rowsOf = (files: File[]): number => files.reduce((sum, file) => sum + file.rows, 0);

export function cut<T>(items: T[], { limit, cursor }: PageInput): Page<T> {
  const from = Number(cursor ?? 0);
  const next = from + limit;
  return { items: items.slice(from, next), nextCursor: next < items.length ? String(next) : null };
}
