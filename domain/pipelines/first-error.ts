const TRACEBACK = /^(.*?)Traceback \(most recent call last\):\s*$/;
const EXCEPTION_LINE =
  /^[A-Za-z_][\w.]*(Error|Exception|Interrupt|Exit|Warning|Failure|Timeout|Iteration)?(\[[^\]]*\])?(: .*|:)?$/;
/** Ray wraps an error of user code in these; the real one stands in the traceback inside. */
const WRAPPERS =
  /^(ray\.exceptions\.)?(RayTaskError|RayActorError|WorkerCrashedError|TrainingFailedError|ControllerError|WorkerGroupError)\b/;
const MOST_DETAIL_LINES = 30;

/** What a line holds from which on `firstError` may find something; a regular expression of JavaScript and of PostgreSQL. */
export const TELLS_OF_ERROR = "Traceback|Error|Exception|ERROR|CRITICAL|FATAL";

export type FirstError = { message: string; detail: string };

/**
 * The error that came first in a Python log: the last line of the first traceback, and that traceback as detail (at most
 * 30 lines, the last ones). A chained exception's origin comes before what it caused, as Python prints it. Where there
 * is no traceback: the first line that looks like an error. Null where the log shows none.
 */
export function firstError(lines: readonly string[]): FirstError | null {
  let wrapped: FirstError | null = null;
  for (let start = 0; start < lines.length; start += 1) {
    const opening = TRACEBACK.exec(lines[start] ?? "");
    if (opening === null) continue;
    const found = readTraceback(lines, start, opening[1] ?? "");
    if (found === null) continue;
    if (!WRAPPERS.test(found.message)) return found;
    wrapped ??= found;
  }
  return wrapped ?? firstErrorLine(lines);
}

function readTraceback(lines: readonly string[], start: number, prefix: string): FirstError | null {
  const body: string[] = ["Traceback (most recent call last):"];
  for (let at = start + 1; at < lines.length; at += 1) {
    const raw = lines[at] ?? "";
    const line = raw.startsWith(prefix) ? raw.slice(prefix.length) : raw;
    if (TRACEBACK.test(raw)) return null;
    body.push(line);
    if (!/^\s/.test(line) && EXCEPTION_LINE.test(line)) {
      const detail =
        body.length <= MOST_DETAIL_LINES
          ? body
          : [body[0] as string, "  …", ...body.slice(2 - MOST_DETAIL_LINES)];
      return { message: line.trim(), detail: detail.join("\n") };
    }
  }
  return null;
}

function firstErrorLine(lines: readonly string[]): FirstError | null {
  const line = lines.find(
    (each) =>
      /^\s*[A-Za-z_][\w.]*(Error|Exception): /.test(each) ||
      /\b(ERROR|CRITICAL|FATAL)\b/.test(each.slice(0, 60)),
  );
  return line === undefined ? null : { message: line.trim().slice(0, 500), detail: line.trim() };
}
