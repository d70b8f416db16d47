import { wordsOf } from "./match-name";
import { spellName } from "./spell-name";
import { sameName, type Visible } from "./visible-columns";

export type JoinCondition = { text: string; reason: string };

/** Columns of the same name that nobody joins by. */
const COMMON = new Set([
  "name",
  "created_at",
  "updated_at",
  "description",
  "status",
  "type",
  "_extracted_at",
]);

/**
 * Conditions that join the last relation to those before it, the likeliest first: declared foreign keys, the key of one
 * found in the other, `product_id` beside `products.id`, columns of the same name and type.
 */
export function joinConditions(relations: Visible[]): JoinCondition[] {
  const joined = relations.at(-1);
  if (joined === undefined) return [];
  const found = relations
    .slice(0, -1)
    .reverse()
    .flatMap((other) => [
      ...declared(joined, other),
      ...declared(other, joined).map(({ text, reason }) => ({ text: flipped(text), reason })),
      ...byKey(joined, other),
      ...byName(joined, other),
      ...byName(other, joined).map(({ text, reason }) => ({ text: flipped(text), reason })),
      ...shared(joined, other),
    ]);
  const seen = new Set<string>();
  return found.filter(({ text }) => {
    const parts = text.split(" AND ").sort().join();
    return !seen.has(parts) && seen.add(parts);
  });
}

const condition = (left: Visible, columns: string[], right: Visible, others: string[]): string =>
  columns
    .map(
      (column, at) =>
        `${spellName(left.name)}.${spellName(column)} = ${spellName(right.name)}.${spellName(others[at] ?? column)}`,
    )
    .join(" AND ");

const flipped = (text: string): string =>
  text
    .split(" AND ")
    .map((each) => each.split(" = ").reverse().join(" = "))
    .join(" AND ");

const has = ({ columns }: Visible, name: string): boolean =>
  columns.some((column) => sameName(column.name, name));

function declared(one: Visible, other: Visible): JoinCondition[] {
  const name = other.table?.parts.join(".").toLowerCase();
  return (one.table?.foreignKeys ?? [])
    .filter(({ table }) => table.toLowerCase() === name)
    .map(({ columns, references }) => ({
      text: condition(one, columns, other, references),
      reason: "foreign key",
    }));
}

function byKey(one: Visible, other: Visible): JoinCondition[] {
  return [one, other].flatMap((owner) => {
    const key = owner.table?.key ?? [];
    const isShared = key.length > 0 && key.every((name) => has(one, name) && has(other, name));
    return isShared ? [{ text: condition(one, key, other, key), reason: `key of ${owner.name}` }] : [];
  });
}

/** `orders.id` and `items.order_id`. */
function byName(one: Visible, other: Visible): JoinCondition[] {
  const table =
    other.relation.source.kind === "table" ? (other.relation.source.parts.at(-1) ?? "") : other.name;
  const keys = other.table?.key?.length === 1 ? other.table.key : ["id"];
  const last = wordsOf(table).at(-1) ?? "";
  return [...new Set([table, ...singulars(table), last, ...singulars(last)])].flatMap((word) =>
    keys
      .filter((key) => has(other, key))
      .flatMap((key) => {
        const column = one.columns.find(
          ({ name }) => sameName(name, `${word}_${key}`) || sameName(name, word + key),
        );
        return column === undefined
          ? []
          : [{ text: condition(one, [column.name], other, [key]), reason: "by name" }];
      }),
  );
}

const singulars = (word: string): string[] => [
  ...(word.endsWith("ies") ? [`${word.slice(0, -3)}y`] : []),
  ...(word.endsWith("es") ? [word.slice(0, -2)] : []),
  ...(word.endsWith("s") ? [word.slice(0, -1)] : []),
];

function shared(one: Visible, other: Visible): JoinCondition[] {
  const same = one.columns.filter(
    ({ name, type }) =>
      !COMMON.has(name.toLowerCase()) &&
      other.columns.some((column) => sameName(column.name, name) && column.type === type),
  );
  const isKeyLike = (name: string) => /(^|_)(id|key|code|no|number|date)$|Id$/.test(name);
  return same
    .sort((a, b) => Number(isKeyLike(b.name)) - Number(isKeyLike(a.name)))
    .slice(0, 5)
    .map(({ name }) => ({ text: condition(one, [name], other, [name]), reason: "same name" }));
}
