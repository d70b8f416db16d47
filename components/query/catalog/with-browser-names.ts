import type { BrowserTable } from "@/components/engines/duckdb-wasm/tables/table-store";
import type { CompletionNames } from "@/domain/query/completion/completion-names";

/** Files and results that the browser holds, beside the names that the server knows. Copies of lake tables have theirs. */
export function withBrowserNames(
  names: CompletionNames | null,
  tables: readonly BrowserTable[],
): CompletionNames | null {
  const own = tables.filter(({ path }) => path.length === 1);
  if (names === null || own.length === 0) return names;
  const columnNames = [...names.columnNames];
  const types = [...names.types];
  const placeIn = (list: string[]) => {
    const places = new Map(list.map((each, at) => [each, at]));
    return (text: string): number => {
      const place = places.get(text) ?? list.push(text) - 1;
      places.set(text, place);
      return place;
    };
  };
  const column = placeIn(columnNames);
  const type = placeIn(types);
  return {
    version: `${names.version} ${own.map(({ id, path }) => `${id} ${path[0]}`).join(" ")}`,
    columnNames,
    types,
    tables: [
      ...names.tables,
      ...own.map((table): CompletionNames["tables"][number] => ({
        parts: ["browser", table.origin.kind, table.path[0] ?? ""],
        columns: table.columns.flatMap((each) => [column(each.name), type(each.type)]),
        rows: table.rows,
      })),
    ],
  };
}
