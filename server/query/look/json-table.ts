import type { ResultReader } from "../../../domain/ports/result-reader";
import type { Cell } from "../../../domain/ports/rows";
import { Failure } from "../../../domain/shared/failure";
import type { KeptResultOf } from "./kept-result";

/** Cells that are asked for and held at one time. */
const CELLS = 50_000;
const TIME_LIMIT_MS = 120_000;

/** Rows `[offset, end)` as `{ columns, rows }`, a page after the other; bigints and decimals are text. */
export async function* jsonTable(
  reader: ResultReader,
  { folder, columns }: Pick<KeptResultOf, "folder" | "columns">,
  { offset, end }: { offset: number; end: number },
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const cells = columns.map((_column, index) => `c${index}`);
  let page = Math.max(1, Math.floor(CELLS / Math.max(1, cells.length)));
  yield encoder.encode(`{"columns":${JSON.stringify(columns)},"rows":[`);
  for (let from = offset; from < end; ) {
    const to = Math.min(end, from + page);
    const sql = `SELECT ${cells.join(", ")} FROM result WHERE row_number >= ${from} AND row_number < ${to} ORDER BY row_number`;
    const rows = await rowsUnless(
      to - from > 1,
      reader.rows({ result: folder }, sql, {
        ...(signal === undefined ? {} : { signal }),
        timeoutMs: TIME_LIMIT_MS,
      }),
    );
    if (rows === null) {
      page = Math.ceil((to - from) / 8);
      continue;
    }
    const text = rows.map((row) => JSON.stringify(row)).join(",");
    yield encoder.encode(from === offset ? text : `,${text}`);
    from = to;
  }
  yield encoder.encode("]}");
}

/** Null where there is too much to be given at once, and fewer rows may be asked for. */
async function rowsUnless(mayBeFewer: boolean, asked: Promise<Cell[][]>): Promise<Cell[][] | null> {
  try {
    return await asked;
  } catch (error) {
    if (mayBeFewer && error instanceof Failure && error.code === "resource_exhausted") return null;
    throw error;
  }
}
