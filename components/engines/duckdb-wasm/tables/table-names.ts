import { quotedName } from "@/domain/shared/quoted-name";

const NAME = /^[a-z_][a-z0-9_]*$/i;
const LONGEST = 128;
/** Words that no dialect takes for a name without quotes. */
const WORDS = new Set(
  "all and as case cast cross distinct else end except exists false from full group having in inner intersect into is join left like limit natural not null offset on or order right select table then true union using values when where with".split(
    " ",
  ),
);

/** What is wrong with a name for a table of the browser; null where nothing is. `taken` are the names that are in use. */
export function tableNameProblem(name: string, taken: readonly string[]): string | null {
  if (name === "") return "Write a name.";
  if (name.length > LONGEST) return `A name has at most ${LONGEST} characters.`;
  if (!NAME.test(name)) return "A name has letters, digits and _, and does not begin with a digit.";
  if (WORDS.has(name.toLowerCase())) return `"${name}" is a word of SQL.`;
  if (taken.some((each) => each.toLowerCase() === name.toLowerCase())) {
    return `There is a table "${name}" already.`;
  }
  return null;
}

/** A free name made of some text, such as that of a file: `Orders 2026.csv` gives `orders_2026`, or `orders_2026_2`. */
export function freeTableName(text: string, taken: readonly string[]): string {
  const words = text
    .replace(/(\.(csv|tsv|txt|jsonl?|ndjson|parquet|arrows?|feather|gz))+$/i, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, LONGEST - 8);
  const base = /^[a-z_]/.test(words) ? words : `data_${words}`.replace(/_$/, "");
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}_${number}`;
    if (tableNameProblem(name, taken) === null) return name;
  }
}

/** Names of columns that a table can have beside each other: the second `id` becomes `id_2`. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((given, at) => {
    const base = given === "" ? `column_${at + 1}` : given;
    let name = base;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base}_${number}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

export const quotedPath = (path: readonly string[]): string => path.map(quotedName).join(".");

/** Whether a statement may read a table: its own name occurs in the text. */
export const mayRead = (sql: string, path: readonly string[]): boolean =>
  sql.toLowerCase().includes((path.at(-1) ?? "").replaceAll('"', '""').toLowerCase());
