import { Type } from "@uwdata/flechette";
import {
  type ArrowBatch,
  kindOf,
  listRange,
  rawBytes,
  resolveValue,
  scalarText,
  type ValueKind,
} from "./arrow-value";

/** A value read whole: `text` is exact; binary as hex digits, nested values as JSON. */
export type CellText = { kind: ValueKind; text: string; byteLength?: number; isCut: boolean };

export const NULL_TEXT: CellText = { kind: "null", text: "null", isCut: false };

const decoder = new TextDecoder();
const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export const hexText = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += hexDigits[byte];
  return text;
};

/**
 * The exact text of a value. With a `limit` long values are read no further than it takes to draw them: at least `limit`
 * characters, and `isCut` says that there are more.
 */
export function cellText(given: ArrowBatch, at: number, limit = Number.POSITIVE_INFINITY): CellText {
  const found = resolveValue(given, at);
  if (found === null) return NULL_TEXT;
  const { batch, index } = found;
  const kind = kindOf(batch.type);
  if (kind === "nested") {
    const text = jsonText(batch, index, limit);
    return { kind, text, isCut: text.length > limit };
  }
  const bytes = rawBytes(batch, index);
  if (bytes === null) return { kind, text: scalarText(batch, index), isCut: false };
  // A character takes at most four bytes.
  const isCut = bytes.length > 4 * limit;
  const shown = isCut ? bytes.subarray(0, 4 * limit) : bytes;
  const text = kind === "binary" ? hexText(shown) : decoder.decode(shown);
  return { kind, text, byteLength: bytes.length, isCut };
}

/** A value as JSON, every digit kept; binary as hex text; NaN and infinities as text, which JSON has no numbers for. */
export function jsonText(given: ArrowBatch, at: number, limit = Number.POSITIVE_INFINITY): string {
  const found = resolveValue(given, at);
  if (found === null) return "null";
  const { batch, index } = found;
  switch (kindOf(batch.type)) {
    case "number": {
      const text = scalarText(batch, index);
      return /[NI]/.test(text) ? JSON.stringify(text) : text;
    }
    case "boolean":
      return scalarText(batch, index);
    case "nested":
      return nestedJson(batch, index, limit);
    default:
      return JSON.stringify(cellText(batch, index, limit).text);
  }
}

function nestedJson(batch: ArrowBatch, index: number, limit: number): string {
  if (batch.type.typeId === Type.Struct) {
    const fields = batch.type.children;
    return joined("{", "}", 0, fields.length, limit, (place, rest) => {
      const child = batch.children[place];
      return `${JSON.stringify(fields[place]?.name ?? "")}: ${child === undefined ? "null" : jsonText(child, index, rest)}`;
    });
  }
  const { start, end } = listRange(batch, index);
  const child = batch.children[0];
  if (child === undefined) return "[]";
  if (batch.type.typeId !== Type.Map) {
    return joined("[", "]", start, end, limit, (place, rest) => jsonText(child, place, rest));
  }
  const [keys, values] = child.children;
  return joined("{", "}", start, end, limit, (place, rest) => {
    const key = keys === undefined ? "" : cellText(keys, place).text;
    return `${JSON.stringify(key)}: ${values === undefined ? "null" : jsonText(values, place, rest)}`;
  });
}

/** `{a, b}`; stops once it is longer than `limit`. */
function joined(
  open: string,
  close: string,
  start: number,
  end: number,
  limit: number,
  part: (place: number, limit: number) => string,
): string {
  let text = open;
  for (let place = start; place < end; place += 1) {
    if (place > start) text += ", ";
    text += part(place, limit - text.length);
    if (text.length > limit) return text;
  }
  return text + close;
}
