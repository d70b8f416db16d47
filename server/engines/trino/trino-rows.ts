import type { Cell } from "../../../domain/ports/rows";
import { decode } from "./arrow/json-cursor";
import type { TrinoHeaders, TrinoHttp } from "./trino-http";
import { trinoQuery } from "./trino-query";

/** All rows of a statement of our own; whole numbers past 2^53 are not exact. Failures: those of StatementEngine. */
export async function trinoRows(
  http: TrinoHttp,
  sql: string,
  { headers = {}, signal }: { headers?: TrinoHeaders; signal?: AbortSignal } = {},
): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  const statement = { text: sql, sql, linesBefore: 0, translate: (text: string) => text, headers };
  for await (const { rows: page } of trinoQuery(http, statement, signal)) {
    if (page === null) continue;
    const start = page.skip();
    for (const row of JSON.parse(decode(page.bytes.subarray(start, page.at))) as Cell[][]) rows.push(row);
  }
  return rows;
}
