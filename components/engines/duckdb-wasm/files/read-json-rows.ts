import { parse } from "lossless-json";
import { Failure } from "@/domain/shared/failure";

export type JsonRow = Record<string, unknown>;

/** Whole numbers as bigint, others as number. */
const readNumber = (text: string): bigint | number => (/^-?\d+$/.test(text) ? BigInt(text) : Number(text));

const isObject = (value: unknown): value is JsonRow =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Objects of a list, of lines, or the one that the text is. Other values become the field `value`. */
export function readJsonRows(text: string): JsonRow[] {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "") throw new Failure("invalid_input", "The file is empty.");
  const whole = parsed(trimmed);
  const values = whole === undefined ? readLines(trimmed) : Array.isArray(whole) ? whole : [whole];
  return values.map((value) => (isObject(value) ? value : { value }));
}

function parsed(text: string): unknown {
  try {
    return parse(text, null, readNumber);
  } catch (error) {
    const [line = ""] = text.split("\n", 1);
    try {
      // Where the first line is whole by itself, the file is one of lines.
      parse(line, null, readNumber);
      return undefined;
    } catch {
      throw new Failure("invalid_input", `The file is not JSON: ${messageOf(error)}`, { cause: error });
    }
  }
}

function readLines(text: string): unknown[] {
  const values: unknown[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    try {
      values.push(parse(line, null, readNumber));
    } catch (error) {
      throw new Failure("invalid_input", `Line ${at + 1} is not JSON: ${messageOf(error)}`, { cause: error });
    }
  }
  return values;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
