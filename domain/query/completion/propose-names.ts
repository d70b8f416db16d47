import type { Draft } from "./complete";
import type { CompletionTable } from "./completion-names";
import type { CursorContext } from "./cursor-context";
import type { NameModel } from "./name-model";
import { type Related, relatedTables } from "./related-tables";
import { rowFields } from "./row-fields";
import { spellName } from "./spell-name";
import { sameName, type Visible, visibleCtes } from "./visible-columns";

const MOST_TABLES = 60;
const MOST_COLUMNS = 60;
/** The browser's own tables are written with one part. */
const BROWSER = "browser";

/** `a.` and `a.b.`: columns of a relation, or fields of a column of type row. */
export function columnsUnder(qualifiers: string[], relations: Visible[]): Draft[] {
  const [owner = "", ...rest] = qualifiers;
  const byName = relations.find(
    ({ name, table }) =>
      sameName(name, qualifiers.at(-1) ?? "") &&
      (qualifiers.length === 1 ||
        table?.parts.slice(-qualifiers.length).every((part, at) => sameName(part, qualifiers[at] ?? "")) ===
          true),
  );
  if (byName !== undefined) return columnsOf(byName);
  const relation = relations.find(({ name }) => sameName(name, owner));
  const path = relation === undefined ? qualifiers : rest;
  const within = relation === undefined ? relations : [relation];
  const [column = "", ...fields] = path;
  let type = within.flatMap(({ columns }) => columns).find(({ name }) => sameName(name, column))?.type;
  for (const field of fields) type = rowFields(type ?? "").find(({ name }) => sameName(name, field))?.type;
  return rowFields(type ?? "").map((each) => ({
    kind: "field",
    label: each.name,
    insert: spellName(each.name),
    detail: each.type,
  }));
}

const columnsOf = ({ columns }: Visible): Draft[] =>
  columns.flatMap(({ name, type }, at): Draft[] =>
    name === ""
      ? []
      : [{ kind: "column", label: name, insert: spellName(name), detail: type, score: -at / 10_000 }],
  );

/** What can stand behind FROM, or between the dots of a table's name; behind JOIN what `relations` are joined by comes first. */
export function tablesFor(
  { qualifiers, typed, query, isAfterJoin }: CursorContext,
  model: NameModel,
  relations: Visible[],
): Draft[] {
  const related = isAfterJoin ? relatedTables(relations, model) : new Map<number, Related>();
  const tablesAt = (places: number[], spell: (table: CompletionTable) => string): Draft[] =>
    places.map((place) => tableAt(place, model, spell, related.get(place)));
  const [catalog, schema] = qualifiers.map((each) => each.toLowerCase());
  if (catalog !== undefined && schema !== undefined) {
    const places = model.catalogs.get(catalog)?.schemas.get(schema)?.tables ?? [];
    return tablesAt(places, ({ parts: [, , table] }) => spellName(table));
  }
  if (catalog !== undefined) {
    const schemas = [...(model.catalogs.get(catalog)?.schemas.values() ?? [])];
    const ofSchema = [...model.catalogs.values()].flatMap(
      ({ schemas: own }) => own.get(catalog)?.tables ?? [],
    );
    return [
      ...schemas.map(
        ({ name, tables }): Draft => ({
          kind: "schema",
          label: name,
          insert: `${spellName(name)}.`,
          detail: `${tables.length} tables`,
        }),
      ),
      ...tablesAt(ofSchema, ({ parts: [, , table] }) => spellName(table)),
    ];
  }
  const ctes = query === null ? [] : visibleCtes(query).filter((cte) => !isAround(cte.query, query));
  const places =
    typed === ""
      ? [...model.byTable.values()].slice(0, MOST_TABLES).flat()
      : model.tableIndex
          .search(typed, MOST_TABLES)
          .flatMap((at) => model.byTable.get(model.tableNames[at]?.toLowerCase() ?? "") ?? []);
  return [
    ...ctes.map(
      ({ name }): Draft => ({
        kind: "query",
        label: name,
        insert: spellName(name),
        detail: isAfterJoin ? "common table expression" : "WITH",
      }),
    ),
    ...[...model.catalogs.values()]
      .filter(({ name }) => name !== BROWSER)
      .map(
        ({ name }): Draft => ({
          kind: "catalog",
          label: name,
          insert: `${spellName(name)}.`,
          detail: "catalog",
        }),
      ),
    ...schemasOf(model),
    ...tablesAt([...related.keys(), ...places], spellTable),
  ];
}

function schemasOf(model: NameModel): Draft[] {
  const all = [...model.catalogs.values()].flatMap(({ name, schemas }) =>
    name === BROWSER ? [] : [...schemas.values()].map((schema) => ({ catalog: name, schema: schema.name })),
  );
  return all.length > 2_000
    ? []
    : all.map(({ catalog, schema }) => ({
        kind: "schema",
        label: schema,
        insert: `${spellName(catalog)}.${spellName(schema)}.`,
        detail: catalog,
      }));
}

const spellTable = ({ parts }: CompletionTable): string =>
  parts[0] === BROWSER ? spellName(parts[2]) : parts.map(spellName).join(".");

function tableAt(
  place: number,
  model: NameModel,
  spell: (table: CompletionTable) => string,
  related: Related | undefined,
): Draft {
  const table = model.names.tables[place] as CompletionTable;
  const [catalog, schema, name] = table.parts;
  const rows = table.rows === null ? "" : ` · ${table.rows.toLocaleString("en-US")} rows`;
  const reason = related === undefined ? "" : ` · ${related.reason}`;
  const detail = `${catalog}.${schema}${rows}${reason}`;
  return { kind: "table", label: name, insert: spell(table), detail, score: related?.score ?? 0 };
}

/** A common table expression is not offered in its own text. */
const isAround = (cte: { start: number; end: number }, query: { start: number; end: number }): boolean =>
  cte.start <= query.start && query.end <= cte.end;

/** Columns of any table, where no FROM says which are meant. */
export function freeColumns(typed: string, { columnIndex, names, owners, ownerStarts }: NameModel): Draft[] {
  return columnIndex.search(typed, MOST_COLUMNS).map((place) => {
    const name = names.columnNames[place] ?? "";
    const start = ownerStarts[place] ?? 0;
    const count = (ownerStarts[place + 1] ?? 0) - start;
    const first = names.tables[owners[start] ?? -1]?.parts.join(".") ?? "";
    const more = count > 1 ? ` and ${count - 1} more` : "";
    return { kind: "column", label: name, insert: spellName(name), detail: `${first}${more}`, score: -1 };
  });
}
