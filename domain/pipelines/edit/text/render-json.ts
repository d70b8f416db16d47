import type { TextStyle } from "./text-style";

const WIDEST = 80;

/**
 * JSON text of a value whose first line is indented by `indent` already. Short lists of plain values stay on one line.
 * `inline` keeps everything on one line.
 */
export function renderJson(value: unknown, style: TextStyle, indent: string, inline = false): string {
  if (inline || style.isOneLine || isPlain(value)) return oneLine(value, style);
  if (Array.isArray(value)) {
    const short = value.every(isPlain) ? oneLine(value, style) : null;
    if (short !== null && short.length <= WIDEST) return short;
    return lines(
      "[",
      value.map((each) => renderJson(each, style, indent + style.unit)),
      "]",
      style,
      indent,
    );
  }
  const entries = entriesOf(value).map(
    ([key, each]) => JSON.stringify(key) + style.colon + renderJson(each, style, indent + style.unit),
  );
  return lines("{", entries, "}", style, indent);
}

function lines(
  open: string,
  parts: string[],
  close: string,
  { eol, unit }: TextStyle,
  indent: string,
): string {
  const inner = parts.map((part) => eol + indent + unit + part).join(",");
  return `${open}${inner}${eol}${indent}${close}`;
}

function oneLine(value: unknown, style: TextStyle): string {
  if (Array.isArray(value)) return `[${value.map((each) => oneLine(each, style)).join(style.comma)}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = entriesOf(value).map(
    ([key, each]) => JSON.stringify(key) + style.colon + oneLine(each, style),
  );
  if (entries.length === 0) return "{}";
  const pad = style.comma === "," ? "" : " ";
  return `{${pad}${entries.join(style.comma)}${pad}}`;
}

const entriesOf = (value: unknown): [string, unknown][] =>
  Object.entries(value as object).filter(([, each]) => each !== undefined);

/** No object with fields in it, and no list that holds one. */
const isPlain = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length === 0 || value.every((each) => typeof each !== "object" || each === null)
    : typeof value !== "object" || value === null || entriesOf(value).length === 0;
