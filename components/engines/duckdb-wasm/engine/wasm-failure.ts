import { Failure } from "@/domain/shared/failure";

const ON_THE_SERVER = "Choose DuckDB on the server for this statement.";

/** What a worker says when it is beyond use: it is ended then, and another takes its place. */
const BROKEN =
  /memory access out of bounds|unreachable|Aborted\(|table index is out of bounds|null function|INTERNAL Error|database has been invalidated|Maximum call stack|Invalid typed array length|Array buffer allocation failed/i;
const OUT_OF_MEMORY =
  /out of memory|failed to allocate|could not allocate|allocation failed|Cannot enlarge memory/i;
const MISSING_EXTENSION = /it exists in the (\w+) extension|required extension '(\w+)'/;

/** Whether the worker that said this has to be replaced: it is broken, or its memory is full and never shrinks. */
export const endsWorker = (message: string): boolean => BROKEN.test(message) || OUT_OF_MEMORY.test(message);

/** Messages of DuckDB come as text, or as JSON around it. */
function textOf(message: string): string {
  try {
    const parsed = JSON.parse(message) as { exception_type?: string; exception_message?: string };
    if (typeof parsed.exception_message === "string") {
      return `${parsed.exception_type ?? "Unknown"} Error: ${parsed.exception_message}`;
    }
  } catch {
    // plain text
  }
  return message;
}

/** The offset that `LINE 2: … ^` points at, in UTF-16 units of `sql`; null where the engine names no place. */
export function placeIn(message: string, sql: string): number | null {
  const [, number, shown, blanks] = /^LINE (\d+): (.*)\n( *)\^/m.exec(message) ?? [];
  if (number === undefined || shown === undefined || blanks === undefined) return null;
  const lines = sql.split("\n");
  const line = lines[Number(number) - 1];
  if (line === undefined) return null;
  const start = lines.slice(0, Number(number) - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const text = shown.replace(/^\.\.\./, "").replace(/\.\.\.$/, "");
  const shownAt = line.indexOf(text);
  const inShown = blanks.length - `LINE ${number}: `.length - (shown.startsWith("...") ? 3 : 0);
  return shownAt < 0 || inShown < 0 ? null : Math.min(start + shownAt + inShown, sql.length);
}

/** An error of the browser's DuckDB in words for people. It ran `sql`, behind `prefix`. */
export function wasmFailure(error: unknown, sql = "", prefix = ""): Failure {
  if (error instanceof Failure) return error;
  const message = textOf(error instanceof Error ? error.message : String(error));
  if (OUT_OF_MEMORY.test(message) || /Array buffer allocation/.test(message)) {
    return new Failure("resource_exhausted", "The statement needs more memory than the browser has for it.", {
      hint: `${ON_THE_SERVER} The browser's tables are kept.`,
      cause: error,
    });
  }
  if (BROKEN.test(message)) {
    return new Failure("engine_failed", "DuckDB in this page broke off and was started again.", {
      hint: `The browser's tables are kept. ${ON_THE_SERVER}`,
      cause: error,
    });
  }
  const [, named, required] = MISSING_EXTENSION.exec(message) ?? [];
  const extension = named ?? required;
  const inAll = placeIn(message, prefix + sql);
  const at = inAll === null ? null : Math.max(0, inAll - prefix.length);
  const errors = at === null ? [] : [{ pointer: `/sql/${at}`, message: firstLine(message) }];
  if (extension !== undefined) {
    return new Failure(
      "invalid_input",
      `DuckDB in the browser has no extension "${extension}", which this needs.`,
      {
        hint: ON_THE_SERVER,
        errors,
        cause: error,
      },
    );
  }
  const isInput =
    /^(Parser|Binder|Catalog|Conversion|Invalid Input|Invalid|Permission|Out of Range|Constraint|Not implemented|Mismatch Type) Error/i;
  return new Failure(isInput.test(message) ? "invalid_input" : "engine_failed", firstLine(message), {
    ...hintOf(message),
    errors,
    cause: error,
  });
}

const firstLine = (message: string): string => (message.split("\n")[0] ?? message).slice(0, 2_000);

function hintOf(message: string): { hint?: string } {
  const hint = /^(Did you mean .*|Candidate \w+: .*)$/m.exec(message)?.[1];
  return hint === undefined ? {} : { hint };
}
