import type { CompletionNames, CompletionTable } from "./completion-names";
import { type NameIndex, nameIndex } from "./name-index";

export type KnownColumn = { name: string; type: string };

/** The names of a catalog, ready to be asked. */
export type NameModel = {
  names: CompletionNames;
  /** Catalogs, their schemas, and the places of the schemas' tables; keys in lower case. */
  catalogs: Map<string, { name: string; schemas: Map<string, { name: string; tables: number[] }> }>;
  /** Places of tables by their last part in lower case. */
  byTable: Map<string, number[]>;
  /** Places of tables by a column that alone is their key, in lower case. */
  byKey: Map<string, number[]>;
  /** Places of the tables in foreign keys, by their three parts in lower case. */
  byFullName: Map<string, number[]>;
  /** Places of the tables whose foreign keys name a table, by its three parts in lower case. */
  referrers: Map<string, number[]>;
  tableIndex: NameIndex;
  /** Distinct last parts, in the order that `tableIndex` knows them. */
  tableNames: string[];
  columnIndex: NameIndex;
  /** Places of tables that have a column: `owners[starts[c]]` to `owners[starts[c + 1]]`. */
  owners: Uint32Array;
  ownerStarts: Uint32Array;
};

const PREFERRED = ["lake", "analytics"];

/** Builds what completion asks; a million columns take some seconds, so not while somebody types. */
export function nameModel(names: CompletionNames): NameModel {
  const catalogs: NameModel["catalogs"] = new Map();
  const byTable = new Map<string, number[]>();
  for (const [place, { parts }] of names.tables.entries()) {
    const [catalog, schema, table] = parts;
    const { schemas } = got(catalogs, catalog.toLowerCase(), () => ({ name: catalog, schemas: new Map() }));
    got(schemas, schema.toLowerCase(), () => ({ name: schema, tables: [] })).tables.push(place);
    got(byTable, table.toLowerCase(), () => []).push(place);
  }
  const tableNames = [...byTable.values()].map(([place]) => names.tables[place as number]?.parts[2] ?? "");
  return {
    names,
    catalogs,
    byTable,
    tableNames,
    tableIndex: nameIndex(tableNames),
    columnIndex: nameIndex(names.columnNames),
    ...ownersOf(names),
    ...keysOf(names),
  };
}

/** A key of more tables than this says nothing of which to join; neither does a key that is called `id`. */
const MOST_OF_ONE_KEY = 3;

function keysOf({ tables }: CompletionNames): Pick<NameModel, "byKey" | "byFullName" | "referrers"> {
  const byKey = new Map<string, number[]>();
  const byFullName = new Map<string, number[]>();
  const referrers = new Map<string, number[]>();
  for (const [place, { key, foreignKeys = [] }] of tables.entries()) {
    if (key?.length === 1) got(byKey, (key[0] as string).toLowerCase(), () => []).push(place);
    for (const { table } of foreignKeys) {
      got(referrers, table.toLowerCase(), () => []).push(place);
      byFullName.set(table.toLowerCase(), []);
    }
  }
  for (const [place, { parts }] of tables.entries())
    byFullName.get(parts.join(".").toLowerCase())?.push(place);
  for (const [column, places] of byKey)
    if (column === "id" || places.length > MOST_OF_ONE_KEY) byKey.delete(column);
  return { byKey, byFullName, referrers };
}

function ownersOf({ columnNames, tables }: CompletionNames): Pick<NameModel, "owners" | "ownerStarts"> {
  const ownerStarts = new Uint32Array(columnNames.length + 1);
  for (const { columns } of tables)
    for (let at = 0; at < columns.length; at += 2) bump(ownerStarts, (columns[at] as number) + 1, 1);
  for (let at = 0; at < columnNames.length; at += 1) bump(ownerStarts, at + 1, ownerStarts[at] as number);
  const owners = new Uint32Array(ownerStarts[columnNames.length] as number);
  const next = ownerStarts.slice();
  for (const [place, { columns }] of tables.entries()) {
    for (let at = 0; at < columns.length; at += 2) {
      const column = columns[at] as number;
      owners[next[column] as number] = place;
      bump(next, column, 1);
    }
  }
  return { owners, ownerStarts };
}

const bump = (counts: Uint32Array, at: number, by: number): void => {
  counts[at] = (counts[at] as number) + by;
};

function got<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/** The columns of a table in their order. */
export function columnsOfTable(
  { columnNames, types }: CompletionNames,
  table: CompletionTable,
): KnownColumn[] {
  const columns: KnownColumn[] = [];
  for (let at = 0; at < table.columns.length; at += 2) {
    columns.push({
      name: columnNames[table.columns[at] as number] ?? "",
      type: types[table.columns[at + 1] as number] ?? "",
    });
  }
  return columns;
}

/** The table that one to three parts mean: with fewer parts `lake` comes before `analytics` before the others. */
export function findTable({ names, byTable }: NameModel, parts: string[]): CompletionTable | null {
  const wanted = parts.map((part) => part.toLowerCase());
  const fitting = (byTable.get(wanted.at(-1) ?? "") ?? [])
    .map((place) => names.tables[place] as CompletionTable)
    .filter(({ parts: own }) =>
      wanted.every((part, index) => own[3 - wanted.length + index]?.toLowerCase() === part),
    );
  const rank = ({ parts: [catalog] }: CompletionTable) => (PREFERRED.indexOf(catalog) + 3) % 3;
  return fitting.sort((a, b) => rank(b) - rank(a)).at(-1) ?? null;
}
