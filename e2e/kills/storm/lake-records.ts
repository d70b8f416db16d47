import type { Api } from "../api";

type Page<Item> = { items: Item[]; nextCursor: string | null };
type Rows = { columns: { name: string }[]; rows: unknown[][]; nextOffset: number | null };

/** What the lake holds of a table: every row, and every snapshot by who wrote it. */
export function lakeRecords(api: Api) {
  const at = (table: string) => `/lakehouse/tables/${encodeURIComponent(table)}`;
  return {
    async rows(table: string): Promise<Record<string, unknown>[]> {
      const found: Record<string, unknown>[] = [];
      for (let offset: number | null = 0; offset !== null; ) {
        const page: Rows = await api("GET", `${at(table)}/rows?limit=1000&offset=${offset}`);
        const names = page.columns.map(({ name }) => name);
        for (const row of page.rows)
          found.push(Object.fromEntries(names.map((name, place) => [name, row[place]])));
        offset = page.nextOffset;
      }
      return found;
    },

    /** How many snapshots each writer made: `run <id>` to a number. */
    async writers(table: string): Promise<Map<string, number>> {
      const found = new Map<string, number>();
      for (let cursor: string | null = ""; cursor !== null; ) {
        const next: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
        const page: Page<{ writtenBy: string }> = await api(
          "GET",
          `${at(table)}/snapshots?limit=1000${next}`,
        );
        for (const { writtenBy } of page.items) found.set(writtenBy, (found.get(writtenBy) ?? 0) + 1);
        cursor = page.nextCursor;
      }
      return found;
    },
  };
}
