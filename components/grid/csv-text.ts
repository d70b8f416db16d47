const UNSAFE = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

export type CsvValue = string | number | null;

/** Quoted where needed; a text that a spreadsheet would read as a formula gets an apostrophe before it. */
function field(value: CsvValue): string {
  if (value === null) return "";
  if (value === "") return '""';
  if (typeof value === "number") return String(value);
  const text = UNSAFE.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines as CSV (RFC 4180), the heads first. NULL is an empty field, an empty text is `""`. */
export function csvText(heads: readonly string[], lines: readonly (readonly CsvValue[])[]): string {
  return [heads, ...lines].map((line) => `${line.map(field).join(",")}\r\n`).join("");
}
