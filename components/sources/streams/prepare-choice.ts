import { isRecord } from "@/domain/shared/is-record";
import type { DiscoveredStream } from "@/domain/sources/connector-view";
import type { SyncMode } from "@/domain/sources/sync-view";

/** An entry of `streams`, as it stands in a document that may not be sound yet. */
export type StreamEntry = {
  name: string;
  namespace?: string;
  sync_mode: SyncMode;
  cursor_field?: string | string[];
  primary_key?: string | (string | string[])[];
  destination?: string;
};

export type ChoiceRow = {
  key: string;
  name: string;
  namespace: string | null;
  isChosen: boolean;
  syncMode: SyncMode;
  modes: SyncMode[];
  /** What the source itself keeps is not chosen here. */
  hasOwnCursor: boolean;
  cursor: string;
  /** Columns that may serve as cursor or key, likely cursors first. */
  columns: { name: string; type: string }[];
  primaryKey: string[];
  hasOwnKey: boolean;
  columnCount: number;
  /** What is to be mended, or null. */
  problem: string | null;
};

export type StreamEdit =
  | { kind: "choose"; isChosen: boolean }
  | { kind: "mode"; mode: SyncMode }
  | { kind: "cursor"; column: string }
  | { kind: "key"; columns: string[] };

const keyOf = (name: string, namespace: string | null | undefined): string =>
  JSON.stringify([namespace ?? null, name]);

/** The stream entries of a document; what is no entry is left out here and complained about elsewhere. */
export function readEntries(streams: unknown): StreamEntry[] {
  if (!Array.isArray(streams)) return [];
  return streams.filter((one): one is StreamEntry => isRecord(one) && typeof one.name === "string");
}

const pathText = (path: string | string[] | undefined): string =>
  path === undefined ? "" : typeof path === "string" ? path : path.join(".");

const keyColumns = (key: StreamEntry["primary_key"]): string[] =>
  key === undefined ? [] : typeof key === "string" ? [key] : key.map(pathText);

/**
 * One row for each stream of the source, and for each that the document names and the source does not have. `discovered`
 * is null before anybody looked.
 */
export function prepareChoice(discovered: readonly DiscoveredStream[] | null, streams: unknown): ChoiceRow[] {
  const entries = readEntries(streams);
  const find = (key: string, name: string) =>
    entries.find((entry) => keyOf(entry.name, entry.namespace) === key) ??
    // A document need not name the namespace.
    entries.find((entry) => entry.name === name && entry.namespace === undefined);
  const used = new Set<StreamEntry>();
  const known = (discovered ?? []).map((stream) => {
    const key = keyOf(stream.name, stream.namespace);
    const found = find(key, stream.name);
    const entry = found !== undefined && !used.has(found) ? found : undefined;
    if (entry !== undefined) used.add(entry);
    return knownRow(key, stream, entry);
  });
  const others = entries
    .filter((entry) => !used.has(entry))
    .map((entry) => unknownRow(entry, discovered !== null));
  return [...others, ...known];
}

function knownRow(key: string, stream: DiscoveredStream, entry: StreamEntry | undefined): ChoiceRow {
  const usual = newEntry(stream);
  const cursor = pathText(entry === undefined ? usual.cursor_field : entry.cursor_field) || ownCursor(stream);
  const syncMode = entry?.sync_mode ?? usual.sync_mode;
  const row: ChoiceRow = {
    key,
    name: stream.name,
    namespace: stream.namespace,
    isChosen: entry !== undefined,
    syncMode,
    modes: stream.syncModes.length === 0 ? ["full_refresh"] : stream.syncModes,
    hasOwnCursor: stream.sourceDefinedCursor,
    cursor,
    columns: likelyCursorsFirst(stream.columns),
    primaryKey:
      entry?.primary_key === undefined ? stream.primaryKey.map(pathText) : keyColumns(entry.primary_key),
    hasOwnKey: stream.primaryKey.length > 0,
    columnCount: stream.columns.length,
    problem: null,
  };
  return { ...row, problem: row.isChosen ? problemOf(row) : null };
}

const ownCursor = (stream: DiscoveredStream): string =>
  stream.sourceDefinedCursor ? pathText(stream.defaultCursorField) : "";

function problemOf(row: ChoiceRow): string | null {
  if (!row.modes.includes(row.syncMode)) return `The source cannot read it as ${row.syncMode}.`;
  if (row.syncMode !== "incremental" || row.hasOwnCursor) return null;
  if (row.cursor === "") return "Choose the column that tells what is new.";
  const isKnown = row.cursor.includes(".") || row.columns.some(({ name }) => name === row.cursor);
  return isKnown ? null : `There is no column ${row.cursor}.`;
}

function unknownRow(entry: StreamEntry, wasLooked: boolean): ChoiceRow {
  return {
    key: keyOf(entry.name, entry.namespace),
    name: entry.name,
    namespace: entry.namespace ?? null,
    isChosen: true,
    syncMode: entry.sync_mode,
    modes: [entry.sync_mode],
    hasOwnCursor: false,
    cursor: pathText(entry.cursor_field),
    columns: [],
    primaryKey: keyColumns(entry.primary_key),
    hasOwnKey: false,
    columnCount: 0,
    problem: wasLooked ? "The source has no such stream." : null,
  };
}

const LIKELY =
  /^(updated|modified|changed|last_?modified|created|inserted)(_?(at|on|date|time|timestamp))?$/i;
const isTime = ({ type }: { type: string }): boolean => /time|date/i.test(type);

function likelyCursorsFirst(columns: readonly { name: string; type: string }[]) {
  const rank = (column: { name: string; type: string }) =>
    (LIKELY.test(column.name) ? 2 : 0) + (isTime(column) ? 1 : 0);
  return [...columns].sort((a, b) => rank(b) - rank(a));
}

/** The entry that a stream begins with: incremental where the source names a cursor itself, whole otherwise. */
function newEntry(stream: DiscoveredStream): StreamEntry {
  const cursor = stream.defaultCursorField;
  const isIncremental =
    stream.syncModes.includes("incremental") && (stream.sourceDefinedCursor || cursor.length > 0);
  const [only] = cursor;
  return {
    name: stream.name,
    ...(stream.namespace === null ? {} : { namespace: stream.namespace }),
    sync_mode: isIncremental || isOnlyIncremental(stream) ? "incremental" : "full_refresh",
    ...(isIncremental && !stream.sourceDefinedCursor && only !== undefined
      ? { cursor_field: cursor.length === 1 ? only : cursor }
      : {}),
  };
}

const isOnlyIncremental = ({ syncModes }: DiscoveredStream): boolean =>
  syncModes.length > 0 && !syncModes.includes("full_refresh");

/** The entries of a document after an edit of one row. Entries of others keep their order and what they say. */
export function editEntries(
  streams: unknown,
  row: Pick<ChoiceRow, "name" | "namespace">,
  edit: StreamEdit,
  discovered: readonly DiscoveredStream[] | null,
): StreamEntry[] {
  const entries = readEntries(streams);
  const isIt = (entry: StreamEntry) =>
    entry.name === row.name && (entry.namespace === undefined || entry.namespace === row.namespace);
  if (edit.kind === "choose") {
    if (!edit.isChosen) return entries.filter((entry) => !isIt(entry));
    const stream = discovered?.find(
      ({ name, namespace }) => name === row.name && namespace === row.namespace,
    );
    return entries.some(isIt) || stream === undefined ? entries : [...entries, newEntry(stream)];
  }
  return entries.map((entry) => (isIt(entry) ? edited(entry, edit) : entry));
}

function edited(entry: StreamEntry, edit: Exclude<StreamEdit, { kind: "choose" }>): StreamEntry {
  const { cursor_field: cursor, primary_key: key, ...rest } = entry;
  const kept = { ...(cursor === undefined ? {} : { cursor_field: cursor }) };
  const keptKey = key === undefined ? {} : { primary_key: key };
  switch (edit.kind) {
    case "mode":
      return edit.mode === "full_refresh"
        ? { ...rest, sync_mode: edit.mode, ...keptKey }
        : { ...rest, sync_mode: edit.mode, ...kept, ...keptKey };
    case "cursor":
      return { ...rest, ...(edit.column === "" ? {} : { cursor_field: edit.column }), ...keptKey };
    case "key":
      return { ...rest, ...kept, ...(edit.columns.length === 0 ? {} : { primary_key: edit.columns }) };
  }
}

/** Every stream of the source, or none; entries that are chosen already keep what they say. */
export function chooseAll(
  streams: unknown,
  rows: readonly ChoiceRow[],
  isChosen: boolean,
  discovered: readonly DiscoveredStream[] | null,
): StreamEntry[] {
  return rows.reduce<StreamEntry[]>(
    (entries, row) => editEntries(entries, row, { kind: "choose", isChosen }, discovered),
    readEntries(streams),
  );
}
