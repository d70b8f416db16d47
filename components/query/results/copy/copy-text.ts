import { columnKind } from "@/domain/query/compile/column-kind";
import type { ResultColumn } from "@/domain/query/result-column";
import { quotedName } from "@/domain/shared/quoted-name";
import type { CellText } from "../cells/cell-text";

export const COPY_FORMATS = [
  { format: "tsv", label: "Text with tabs" },
  { format: "csv", label: "CSV" },
  { format: "json", label: "JSON" },
  { format: "markdown", label: "Markdown" },
  { format: "sql", label: "SQL VALUES" },
] as const;

export type CopyFormat = (typeof COPY_FORMATS)[number]["format"];

/** How a format writes rows: each row alone, what stands between them, and what is around them all. */
type Writer = {
  row: (cells: readonly CellText[]) => string;
  between: string;
  around: (rows: string) => string;
};

/**
 * Writes rows of exact values: `start` comes before the first row, `between` parts rows, `end` after the last. NULL is empty
 * in text and CSV (where the empty text is `""`), and itself elsewhere. Values are written as they are: a formula of a
 * spreadsheet is not disarmed. `hasNames`: the names of the columns come along; JSON always has them.
 */
export function copyWriter(format: CopyFormat, columns: readonly ResultColumn[], hasNames: boolean): Writer {
  switch (format) {
    case "tsv":
      return lined(columns, hasNames, "\t", tsvField);
    case "csv":
      return lined(columns, hasNames, ",", csvField);
    case "json":
      return jsonWriter(columns);
    case "markdown":
      return markdownWriter(columns);
    case "sql":
      return sqlWriter(columns, hasNames);
    default:
      return format satisfies never;
  }
}

/** All rows at once. */
export function copyText(
  format: CopyFormat,
  columns: readonly ResultColumn[],
  hasNames: boolean,
  rows: readonly (readonly CellText[])[],
): string {
  const writer = copyWriter(format, columns, hasNames);
  return writer.around(rows.map(writer.row).join(writer.between));
}

const asText = (text: string): CellText => ({ kind: "text", text, isCut: false });

function lined(
  columns: readonly ResultColumn[],
  hasNames: boolean,
  comma: string,
  field: (cell: CellText) => string,
): Writer {
  const names = hasNames ? `${columns.map(({ name }) => field(asText(name))).join(comma)}\n` : "";
  return {
    row: (cells) => cells.map(field).join(comma),
    between: "\n",
    around: (rows) => names + rows,
  };
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const tsvField = ({ kind, text }: CellText): string => {
  if (kind === "null") return "";
  return /[\t\n\r"]/.test(text) ? quoted(text) : text;
};

const csvField = ({ kind, text }: CellText): string => {
  if (kind === "null") return "";
  return text === "" || /[",\n\r]/.test(text) ? quoted(text) : text;
};

/** Names as keys; columns of one name are told apart by a number, since an object has each key once. */
function distinctNames(columns: readonly ResultColumn[]): string[] {
  const given = new Set(columns.map(({ name }) => name));
  const used = new Set<string>();
  return columns.map(({ name }) => {
    let key = name;
    for (let count = 2; used.has(key); count += 1) {
      key = `${name}_${count}`;
      if (given.has(key)) key = name;
    }
    used.add(key);
    return key;
  });
}

function jsonWriter(columns: readonly ResultColumn[]): Writer {
  const keys = distinctNames(columns).map((name) => JSON.stringify(name));
  return {
    row: (cells) => `  {${cells.map((cell, index) => `${keys[index]}: ${jsonValue(cell)}`).join(", ")}}`,
    between: ",\n",
    around: (rows) => (rows === "" ? "[]" : `[\n${rows}\n]`),
  };
}

function jsonValue({ kind, text }: CellText): string {
  if (kind === "null") return "null";
  const isLiteral = kind === "boolean" || kind === "nested" || (kind === "number" && !/[NI]/.test(text));
  return isLiteral ? text : JSON.stringify(text);
}

const markdownField = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replace(/\r?\n/g, "<br>");

function markdownWriter(columns: readonly ResultColumn[]): Writer {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const rule = columns.map(({ type }) =>
    /^(integer|decimal|float)$/.test(columnKind(type)) ? "---:" : "---",
  );
  const head = `${line(columns.map(({ name }) => markdownField(name)))}\n${line(rule)}\n`;
  return {
    row: (cells) => line(cells.map(({ kind, text }) => (kind === "null" ? "NULL" : markdownField(text)))),
    between: "\n",
    around: (rows) => head + rows,
  };
}

const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A literal that DuckDB and Trino read alike. */
function sqlValue({ kind, text }: CellText, type: string): string {
  switch (kind) {
    case "null":
      return "NULL";
    case "number":
      return sqlNumber(text, type);
    case "boolean":
      return text.toUpperCase();
    case "binary":
      return `from_hex('${text}')`;
    case "nested":
      return `JSON ${sqlText(text)}`;
    case "time":
      return columnKind(type) === "date" ? `DATE ${sqlText(text)}` : `CAST(${sqlText(text)} AS ${type})`;
    default:
      return sqlText(text);
  }
}

function sqlNumber(text: string, type: string): string {
  if (/[NI]/.test(text)) return `CAST('${text}' AS DOUBLE)`;
  // Without an exponent both engines would take it for a decimal.
  return columnKind(type) === "float" && !text.includes("e") ? `${text}e0` : text;
}

function sqlWriter(columns: readonly ResultColumn[], hasNames: boolean): Writer {
  const names = distinctNames(columns).map(quotedName);
  return {
    row: (cells) =>
      `  (${cells.map((cell, index) => sqlValue(cell, columns[index]?.type ?? "")).join(", ")})`,
    between: ",\n",
    around: (rows) =>
      hasNames ? `SELECT * FROM (VALUES\n${rows}\n) AS t (${names.join(", ")})` : `VALUES\n${rows}`,
  };
}
