import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { SPOOL_FILES } from "../../../domain/query/result-spool";
import { StreamedAnswer } from "../../http-api/streamed-answer";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { RunInput } from "../views";
import { jsonTable } from "./json-table";
import { completeResult, type KeptResultOf, keptView, orderFile, readerOf } from "./kept-result";
import { ViewId } from "./open-view";
import { ARROW_STREAM } from "./read-rows";

/** What is read of a file at a time: each of many readers holds some of them. */
const PART_BYTES = 256 * 1024;

const Format = z.enum(["arrow", "json", "csv", "parquet"]);
type Format = z.infer<typeof Format>;

/** A file to keep: all rows of a result or of a view. JSON is an object a line. */
export const ExportFileInput = RunInput.extend({ format: Format.default("csv"), view: ViewId.optional() });

/** An answer to a program: JSON is `{ columns, rows }`. */
export const ExportResultInput = RunInput.extend({
  format: Format.default("json"),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).optional(),
});

const TYPES: Record<Format, string> = {
  arrow: ARROW_STREAM,
  json: "application/json; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  parquet: "application/vnd.apache.parquet",
};
const ENDINGS: Record<Format, string> = { arrow: "arrows", json: "jsonl", csv: "csv", parquet: "parquet" };

/** All rows of a result, or of a view of it, as a file. */
export async function exportFile(
  scope: QueryScope,
  { id, format, view }: z.infer<typeof ExportFileInput>,
  signal?: AbortSignal,
): Promise<StreamedAnswer> {
  requireRole(scope, "viewer");
  const result = await completeResult(scope, id);
  if (view !== undefined) await keptView(result.folder, view);
  const order = view === undefined ? null : orderFile(result.folder, view);
  return new StreamedAnswer(bytesOf(scope, result, { format, order }, signal), {
    "Content-Type": format === "json" ? "application/jsonl; charset=utf-8" : TYPES[format],
    "Content-Disposition": `attachment; filename="result-${id.slice(0, 8)}.${ENDINGS[format]}"`,
    "Cache-Control": "private, no-store",
  });
}

/** The rows of a result, or some of them. */
export async function exportResult(
  scope: QueryScope,
  { id, format, offset, limit }: z.infer<typeof ExportResultInput>,
  signal?: AbortSignal,
): Promise<StreamedAnswer> {
  requireRole(scope, "viewer");
  const result = await completeResult(scope, id);
  const end = Math.min(result.totalRows, offset + (limit ?? result.totalRows));
  const isWhole = offset === 0 && end === result.totalRows;
  const body =
    format === "json"
      ? jsonTable(readerOf(scope), result, { offset, end }, signal)
      : isWhole
        ? bytesOf(scope, result, { format, order: null }, signal)
        : someBytes(scope, result, { format, offset, end }, signal);
  return new StreamedAnswer(body, { "Content-Type": TYPES[format] });
}

type Sent = { format: Format; order: string | null };

/** A whole result in Arrow is what lies on the disk. */
function bytesOf(
  scope: QueryScope,
  { folder }: KeptResultOf,
  { format, order }: Sent,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  if (format === "arrow" && order === null) return fileBytes(join(folder, SPOOL_FILES.data), signal);
  return readerOf(scope).export(folder, { format, order, signal: signal ?? new AbortController().signal });
}

/** The file is opened when the first byte is asked for: an answer that nobody reads holds nothing open. */
async function* fileBytes(path: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: PART_BYTES, signal });
}

/** Rows `[offset, end)`, by an order that is kept for as long as they are sent. */
async function* someBytes(
  scope: QueryScope,
  result: KeptResultOf,
  { format, offset, end }: { format: Format; offset: number; end: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const order = join(result.folder, `${randomUUID()}.part`);
  const sql = `SELECT row_number FROM result WHERE row_number >= ${offset} AND row_number < ${end} ORDER BY row_number`;
  try {
    await readerOf(scope).order(
      { result: result.folder },
      sql,
      order,
      signal === undefined ? {} : { signal },
    );
    yield* bytesOf(scope, result, { format, order }, signal);
  } finally {
    await rm(order, { force: true });
  }
}
