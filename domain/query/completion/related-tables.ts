import type { CompletionTable } from "./completion-names";
import type { NameModel } from "./name-model";
import type { Visible } from "./visible-columns";

export type Related = { reason: string; score: number };

/** Above any other table, and above common table expressions. */
const DECLARED = 2;
const BY_KEY = 1;

/**
 * The tables that a join goes on with, by their places: those that a foreign key of a relation names or whose foreign key
 * names it, then those whose key of one column is a column of it.
 */
export function relatedTables(relations: Visible[], model: NameModel): Map<number, Related> {
  const related = new Map<number, Related>();
  const add = (places: number[], reason: string, score: number) => {
    for (const place of places) if (!related.has(place)) related.set(place, { reason, score });
  };
  const tables = relations.filter((each): each is Known => each.table !== null);
  for (const { table, name } of tables) {
    const spelled = table.parts.join(".").toLowerCase();
    for (const key of table.foreignKeys ?? []) {
      add(model.byFullName.get(key.table.toLowerCase()) ?? [], `foreign key of ${name}`, DECLARED);
    }
    add(model.referrers.get(spelled) ?? [], `foreign key to ${name}`, DECLARED);
  }
  const own = new Set(tables.map(({ table }) => table));
  for (const { columns, name } of tables)
    for (const column of columns) {
      const owners = model.byKey.get(column.name.toLowerCase()) ?? [];
      const others = owners.filter((place) => !own.has(model.names.tables[place] as CompletionTable));
      add(others, `its key is in ${name}`, BY_KEY);
    }
  return related;
}

type Known = Visible & { table: CompletionTable };
