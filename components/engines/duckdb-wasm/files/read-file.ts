import { Failure } from "@/domain/shared/failure";
import { quotedName } from "@/domain/shared/quoted-name";
import type { Draft } from "../tables/draft";
import type { FileFormat } from "../tables/table-store";

/** JSON is read whole, by the page itself. */
const LARGEST_JSON_BYTES = 256 * 2 ** 20;

const FORMATS: [RegExp, FileFormat][] = [
  [/\.(csv|tsv|txt)$/i, "csv"],
  [/\.(json|jsonl|ndjson)$/i, "json"],
  [/\.(parquet|pq)$/i, "parquet"],
  [/\.(arrow|arrows|feather|ipc)$/i, "arrow"],
];

/** What a file is by its name; null where that does not say. */
export const formatOfFile = (name: string): FileFormat | null =>
  FORMATS.find(([pattern]) => pattern.test(name))?.[1] ?? null;

/**
 * Puts the rows of a file into a draft.
 * Failures: `invalid_input` where the file is not what its name says, `resource_exhausted` where it is too large.
 */
export async function readFileInto(draft: Draft, file: File, signal: AbortSignal): Promise<FileFormat> {
  const format = formatOfFile(file.name);
  switch (format) {
    case "csv":
      // A quoted empty text is a text; nothing between two commas is NULL.
      await draft.addFile(file, (path) => `SELECT * FROM read_csv('${path}', allow_quoted_nulls = false)`);
      return format;
    case "json":
      await readJson(draft, file);
      return format;
    case "parquet": {
      const { parquetToArrow } = await import("./parquet-to-arrow");
      const buffer = {
        byteLength: file.size,
        slice: (start: number, end?: number) => file.slice(start, end).arrayBuffer(),
      };
      for await (const stream of parquetToArrow(buffer)) {
        signal.throwIfAborted();
        await draft.addArrow(stream);
      }
      return format;
    }
    case "arrow":
      await readArrow(draft, file);
      return format;
    default:
      throw new Failure("invalid_input", `"${file.name}" is no kind of file that can be read here.`, {
        hint: "CSV, TSV, JSON, JSON lines, Parquet and Arrow files can.",
      });
  }
}

async function readArrow(draft: Draft, file: File): Promise<void> {
  try {
    await draft.addArrow(new Uint8Array(await file.arrayBuffer()));
  } catch (cause) {
    const codec = /codec '(\w+)'/.exec(cause instanceof Error ? cause.message : "")?.[1];
    if (codec === undefined) throw cause;
    throw new Failure(
      "invalid_input",
      `The Arrow file is compressed with ${codec}, which cannot be read here.`,
      {
        hint: "Write it without compression, or as Parquet.",
        cause,
      },
    );
  }
}

async function readJson(draft: Draft, file: File): Promise<void> {
  if (file.size > LARGEST_JSON_BYTES) {
    throw new Failure("resource_exhausted", "A JSON file may have at most 256 MB here.", {
      hint: "Write it as Parquet or CSV, or load it into the lake.",
    });
  }
  const { jsonToArrow } = await import("./json-to-arrow");
  const { arrow, times } = jsonToArrow(await file.text());
  await draft.addArrow(arrow);
  if (times.length === 0) return;
  const casts = times.map(({ name, type }) => `CAST(${quotedName(name)} AS ${type}) AS ${quotedName(name)}`);
  await draft.change((table) => `SELECT * REPLACE (${casts.join(", ")}) FROM ${table}`);
}
