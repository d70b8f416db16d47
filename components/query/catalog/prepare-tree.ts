import type { CompletionNames, CompletionTable } from "@/domain/query/completion/completion-names";

/** One row of the tree of names. */
export type TreeRow = {
  /** Unique, and the same as long as the names are. */
  id: string;
  kind: "catalog" | "schema" | "table" | "column";
  depth: 0 | 1 | 2 | 3;
  label: string;
  /** The parts of the whole name; of a column, its own name alone. */
  parts: string[];
  isOpen: boolean | null;
  /** Of a catalog or schema: its tables. Of a table: its rows, null where nobody counted. */
  count: number | null;
  /** Of a column. */
  type: string | null;
  isKey: boolean;
  /** Of a column: the table that it names a row of. */
  refersTo: string | null;
  /** Place among its siblings, from 1, and their number. */
  position: number;
  siblings: number;
};

/** The names in their order, grouped once: tables by schema, schemas by catalog. */
export type NameTree = { catalog: string; schemas: { schema: string; tables: CompletionTable[] }[] }[];

/** `lake` and `analytics` first, as they are the workspace's own; then by name. */
const FIRST = ["lake", "analytics"];
const order = (a: string, b: string): number => {
  const [left, right] = [FIRST.indexOf(a), FIRST.indexOf(b)];
  if (left === right) return a < b ? -1 : a > b ? 1 : 0;
  return left === -1 ? 1 : right === -1 ? -1 : left - right;
};

export function groupNames({ tables }: Pick<CompletionNames, "tables">): NameTree {
  const catalogs = new Map<string, Map<string, CompletionTable[]>>();
  for (const table of tables) {
    const [catalog, schema] = table.parts;
    const schemas = catalogs.get(catalog) ?? new Map<string, CompletionTable[]>();
    catalogs.set(catalog, schemas);
    const held = schemas.get(schema);
    if (held === undefined) schemas.set(schema, [table]);
    else held.push(table);
  }
  const byName = (a: CompletionTable, b: CompletionTable) => (a.parts[2] < b.parts[2] ? -1 : 1);
  return [...catalogs]
    .sort(([a], [b]) => order(a, b))
    .map(([catalog, schemas]) => ({
      catalog,
      schemas: [...schemas]
        .sort(([a], [b]) => order(a, b))
        .map(([schema, held]) => ({ schema, tables: held.sort(byName) })),
    }));
}

/** Which tables a filter leaves, and which of their columns it names; null for no filter. */
type Match = { isTable: (table: CompletionTable) => boolean; isColumn: (name: number) => boolean } | null;

function matcher(names: Pick<CompletionNames, "columnNames">, filter: string): Match {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const last = words.at(-1) ?? "";
  const columns = new Set<number>();
  for (const [place, name] of names.columnNames.entries())
    if (name.toLowerCase().includes(last)) columns.add(place);
  const hasColumn = (table: CompletionTable) => {
    for (let at = 0; at < table.columns.length; at += 2)
      if (columns.has(table.columns[at] ?? -1)) return true;
    return false;
  };
  return {
    isTable: (table) => {
      const whole = table.parts.join(".").toLowerCase();
      if (words.every((word) => whole.includes(word))) return true;
      return words.slice(0, -1).every((word) => whole.includes(word)) && hasColumn(table);
    },
    isColumn: (name) => columns.has(name),
  };
}

/** What is open where nobody said otherwise: catalogs and, where something is looked for, all that was found. */
const FOUND_OPEN = 200;

/**
 * The rows of the tree that are to be seen. `toggled` holds the ids of rows that were opened, or closed where they were
 * open by themselves. With a filter, tables are left whose name holds all its words, or that have a column that holds
 * the last one.
 */
export function prepareTree(
  tree: NameTree,
  names: Pick<CompletionNames, "columnNames" | "types">,
  { filter, toggled }: { filter: string; toggled: ReadonlySet<string> },
): TreeRow[] {
  const match = matcher(names, filter);
  const found = tree.flatMap(({ catalog, schemas }) => {
    const left = schemas.flatMap(({ schema, tables }) => {
      const kept = match === null ? tables : tables.filter(match.isTable);
      return kept.length === 0 ? [] : [{ schema, tables: kept }];
    });
    return left.length === 0 ? [] : [{ catalog, schemas: left }];
  });
  const total =
    match === null ? 0 : found.flatMap(({ schemas }) => schemas).reduce((n, s) => n + s.tables.length, 0);
  const isOpen = (id: string, byItself: boolean) => byItself !== toggled.has(id);
  const opensFound = match !== null && total <= FOUND_OPEN;
  const rows: TreeRow[] = [];
  for (const [place, { catalog, schemas }] of found.entries()) {
    const id = catalog;
    const open = isOpen(id, match !== null || FIRST.includes(catalog));
    rows.push({
      ...EMPTY,
      id,
      kind: "catalog",
      depth: 0,
      label: catalog,
      parts: [catalog],
      isOpen: open,
      count: schemas.reduce((sum, { tables }) => sum + tables.length, 0),
      position: place + 1,
      siblings: found.length,
    });
    if (open) addSchemas(rows, catalog, schemas);
  }
  return rows;

  function addSchemas(into: TreeRow[], catalog: string, schemas: NameTree[number]["schemas"]) {
    for (const [place, { schema, tables }] of schemas.entries()) {
      const id = `${catalog}\n${schema}`;
      const open = isOpen(id, opensFound || (match === null && schemas.length === 1));
      into.push({
        ...EMPTY,
        id,
        kind: "schema",
        depth: 1,
        label: schema,
        parts: [catalog, schema],
        isOpen: open,
        count: tables.length,
        position: place + 1,
        siblings: schemas.length,
      });
      if (!open) continue;
      for (const [at, table] of tables.entries()) addTable(into, table, at, tables.length);
    }
  }

  function addTable(into: TreeRow[], table: CompletionTable, place: number, siblings: number) {
    const id = table.parts.join("\n");
    const inColumn =
      match !== null && opensFound && !table.parts[2].toLowerCase().includes(filter.toLowerCase().trim());
    const open = isOpen(id, inColumn);
    into.push({
      ...EMPTY,
      id,
      kind: "table",
      depth: 2,
      label: table.parts[2],
      parts: table.parts,
      isOpen: open,
      count: table.rows,
      position: place + 1,
      siblings,
    });
    if (!open) return;
    const count = table.columns.length / 2;
    for (let at = 0; at < count; at += 1) {
      const name = table.columns[2 * at] ?? 0;
      if (inColumn && match !== null && !match.isColumn(name)) continue;
      const label = names.columnNames[name] ?? "";
      into.push({
        ...EMPTY,
        id: `${id}\n${at}`,
        kind: "column",
        depth: 3,
        label,
        parts: [label],
        type: names.types[table.columns[2 * at + 1] ?? 0] ?? null,
        isKey: table.key?.includes(label) ?? false,
        refersTo: table.foreignKeys?.find(({ columns }) => columns.includes(label))?.table ?? null,
        position: at + 1,
        siblings: count,
      });
    }
  }
}

const EMPTY = { isOpen: null, count: null, type: null, isKey: false, refersTo: null } as const;

/** The row that holds another one: where a key leads from inside it. */
export function parentOf(rows: TreeRow[], at: number): number {
  const depth = rows[at]?.depth ?? 0;
  for (let index = at - 1; index >= 0; index -= 1) if ((rows[index]?.depth ?? 0) < depth) return index;
  return at;
}
