import { formatBytes, formatCount, formatNumber } from "@/components/ui/format";
import type { CellText } from "../cells/cell-text";

/** A value with nothing left out: `copied` is exact, `shown` is laid out to be read. */
export type Inspection = { shown: string; copied: string; facts: string[]; isCut: boolean };

/** Characters that are laid out; the copy has all of them. */
const MOST_SHOWN = 200_000;
const HEX_LINE = 32;

const MARKS: [RegExp, string][] = [
  [/ /g, "·"],
  [/\t/g, "⇥\t"],
  [/\r/g, "␍"],
  [/\n/g, "⏎\n"],
  [/\u00a0/g, "⍽"],
  [/[\u200b-\u200f\u2028\u2029\ufeff]/g, "␣"],
];

/** Blanks, tabs, line ends and characters without a width as signs. */
export const markBlanks = (text: string): string =>
  MARKS.reduce((marked, [pattern, sign]) => marked.replace(pattern, sign), text);

const hexLines = (hex: string): string =>
  (hex.match(new RegExp(`.{1,${HEX_LINE}}`, "g")) ?? [])
    .map(
      (line, index) =>
        `${String((index * HEX_LINE) / 2).padStart(6)}  ${line.replace(/(..)/g, "$1 ").trimEnd()}`,
    )
    .join("\n");

const JSON_PARTS = /"(?:\\.|[^"\\])*"?|[{[] *[}\]]|[{}[\],]|[^"{}[\],]+/g;

/** JSON over several lines. Digits stay as they are: it is laid out as text, not read and written. */
export function indentJson(json: string): string {
  let depth = 0;
  const newLine = () => `\n${"  ".repeat(depth)}`;
  const lay = (part: string): string => {
    switch (part) {
      case "{":
      case "[":
        depth += 1;
        return part + newLine();
      case "}":
      case "]":
        depth -= 1;
        return newLine() + part;
      case ",":
        return part + newLine();
      default:
        // Blanks between parts go, those within texts stay.
        return part.startsWith('"') ? part : part.trim().replace(/^:\s*/, ": ");
    }
  };
  return (json.match(JSON_PARTS) ?? []).map(lay).join("");
}

const isJsonText = (text: string): boolean => {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

export function prepareInspection(value: CellText, hasMarks: boolean): Inspection {
  const { kind, text, byteLength } = value;
  if (kind === "null") return { shown: "null", copied: "", facts: ["NULL"], isCut: false };
  const isCut = text.length > MOST_SHOWN;
  const part = isCut ? text.slice(0, MOST_SHOWN) : text;
  if (kind === "binary") {
    return { shown: hexLines(part), copied: text, facts: [formatCount(byteLength ?? 0, "byte")], isCut };
  }
  if (kind === "nested") return { shown: indentJson(part), copied: text, facts: [], isCut };
  if (kind !== "text") return { shown: text, copied: text, facts: [], isCut };
  const letters = [...new Intl.Segmenter().segment(part.slice(0, 2_000))].length;
  const facts =
    text === ""
      ? ["empty text"]
      : [
          text.length <= 2_000
            ? formatCount(letters, "character")
            : `${formatNumber(text.length)} UTF-16 units`,
          formatBytes(byteLength),
        ];
  const lines = text.split("\n").length;
  if (lines > 1) facts.push(formatCount(lines, "line"));
  if (hasMarks) return { shown: markBlanks(part), copied: text, facts, isCut };
  const isJson = !isCut && isJsonText(part);
  return { shown: isJson ? indentJson(part) : part, copied: text, facts, isCut };
}
