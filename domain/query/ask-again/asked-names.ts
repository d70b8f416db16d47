import type { ResultColumn } from "../result-column";

/** The names under which a question knows the columns of a result: their own, with a number where one came before. */
export function askedNames(columns: readonly ResultColumn[]): string[] {
  const taken = new Set<string>();
  return columns.map((column, at) => {
    const base = column.name === "" ? `column_${at + 1}` : column.name;
    let name = base;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base}_${number}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
