import type { Column } from "@uwdata/flechette";
import { prepareCell } from "@/components/grid/prepare-cell";
import { formatCount } from "@/components/ui/format";
import { type ArrowBatch, inColumn } from "./arrow-value";
import { cellText, NULL_TEXT } from "./cell-text";

/** A value as a cell draws it, in one line. `isCut`: the inspector has more. */
export type ResultCell = {
  kind: "null" | "empty" | "number" | "boolean" | "text" | "time" | "binary" | "nested";
  text: string;
  isCut: boolean;
};

/** Characters of a value that a cell draws. */
const LONGEST = 240;

const NULL_CELL: ResultCell = { kind: "null", text: NULL_TEXT.text, isCut: false };

const BREAKS = /[\r\n\t]/g;
const MARKS: Record<string, string> = { "\r": "␍", "\n": "⏎", "\t": "⇥" };

/**
 * A value of a column as the grid shows it: numbers with every digit, grouped; NULL and the empty text each as themselves;
 * times to the last digit that is there, with the distance from UTC where the type has a zone; line ends and tabs marked.
 */
export function prepareResultCell(batch: ArrowBatch, index: number): ResultCell {
  const value = cellText(batch, index, LONGEST);
  switch (value.kind) {
    case "null":
      return NULL_CELL;
    case "number":
      return { kind: "number", text: prepareCell(value.text, "decimal").text, isCut: false };
    case "binary":
      return binaryCell(value.text, value.byteLength ?? 0);
    case "boolean":
    case "time":
      return { kind: value.kind, text: value.text, isCut: false };
    default:
      break;
  }
  if (value.text === "") return { kind: "empty", text: '""', isCut: false };
  const isCut = value.isCut || value.text.length > LONGEST;
  const text = isCut ? `${value.text.slice(0, LONGEST)}…` : value.text;
  return { kind: value.kind, text: text.replace(BREAKS, (mark) => MARKS[mark] ?? mark), isCut };
}

const SHOWN_HEX = 32;

function binaryCell(hex: string, byteLength: number): ResultCell {
  const isCut = hex.length > SHOWN_HEX;
  const size = formatCount(byteLength, "byte");
  if (byteLength === 0) return { kind: "binary", text: size, isCut };
  return { kind: "binary", text: `0x${isCut ? `${hex.slice(0, SHOWN_HEX)}…` : hex}, ${size}`, isCut };
}

/** The cell of a row of a decoded window's column. */
export function prepareColumnCell(column: Column<unknown>, row: number): ResultCell {
  const found = inColumn(column, row);
  return found === null ? NULL_CELL : prepareResultCell(found.batch, found.index);
}
