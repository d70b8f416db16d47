import type { CompletionNames, CompletionTable } from "../../../domain/query/completion/completion-names";

export type NamedTable = {
  parts: [string, string, string];
  columns: { name: string; type: string }[];
  rows: number | null;
  key: string[];
  foreignKeys: { columns: string[]; table: string; references: string[] }[];
};

/** Each distinct column name and type once; tables name them by their places. */
export function compactNames(tables: NamedTable[]): Omit<CompletionNames, "version"> {
  const names = new Places();
  const types = new Places();
  const compact = tables.map(({ parts, columns, rows, key, foreignKeys }): CompletionTable => {
    const places = columns.flatMap(({ name, type }) => [names.of(name), types.of(type)]);
    return {
      parts,
      columns: places,
      rows,
      ...(key.length === 0 ? {} : { key }),
      ...(foreignKeys.length === 0 ? {} : { foreignKeys }),
    };
  });
  return { columnNames: names.list, types: types.list, tables: compact };
}

class Places {
  readonly list: string[] = [];
  readonly #places = new Map<string, number>();

  of(text: string): number {
    const held = this.#places.get(text);
    if (held !== undefined) return held;
    this.#places.set(text, this.list.length);
    return this.list.push(text) - 1;
  }
}
