import { applyEdits, modify, type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import type { InputError } from "@/domain/shared/failure";
import { isRecord } from "@/domain/shared/is-record";

export type ReadDocument =
  /** An object, which may still be no sound connection. */
  | { ok: true; value: Record<string, unknown>; hasComments: boolean }
  | { ok: false; errors: (InputError & { line: number })[] };

type Path = (string | number)[];

const FORMAT = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: "\n" } };

const MESSAGES: Partial<Record<string, string>> = {
  InvalidSymbol: "This is no JSON here.",
  PropertyNameExpected: "A field's name in double quotes is missing here.",
  ValueExpected: "A value is missing here.",
  ColonExpected: "A colon is missing here.",
  CommaExpected: "A comma is missing here.",
  CloseBraceExpected: "A closing } is missing.",
  CloseBracketExpected: "A closing ] is missing.",
  EndOfFileExpected: "Nothing may follow the document.",
  UnexpectedEndOfString: "A closing quote is missing.",
  UnexpectedEndOfComment: "A comment is not closed.",
};

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

/** Reads text as JSON; comments and a comma after the last entry are allowed. Every mistake comes with its line (from 1). */
export function readDocument(text: string): ReadDocument {
  const mistakes: ParseError[] = [];
  const value: unknown = parse(text, mistakes, { allowTrailingComma: true });
  if (mistakes.length > 0) {
    return {
      ok: false,
      errors: mistakes.slice(0, 20).map(({ error, offset }) => ({
        pointer: "",
        message: MESSAGES[printParseErrorCode(error)] ?? "This is no JSON here.",
        line: lineAt(text, offset),
      })),
    };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { ok: false, errors: [{ pointer: "", message: "Write an object in braces.", line: 1 }] };
  }
  const strict: ParseError[] = [];
  parse(text, strict, { disallowComments: true, allowTrailingComma: true });
  return { ok: true, value: value as Record<string, unknown>, hasComments: strict.length > 0 };
}

/** Sets the value at `path` (removes it where it is undefined) and leaves the rest of the text as it is, comments too. */
export function editText(text: string, path: Path, value: unknown): string {
  return applyEdits(text, modify(text, path, value, FORMAT));
}

/** Carries the difference between two values into the text, entry by entry, so that comments beside it stay. */
export function editTextTo(text: string, path: Path, before: unknown, after: unknown): string {
  if (same(before, after)) return text;
  if (isRecord(before) && isRecord(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].reduce(
      (held, name) => editTextTo(held, [...path, name], before[name], after[name]),
      text,
    );
  }
  return editText(text, path, after);
}

/** Whether two values say the same as JSON; the order of fields does not matter, fields without a value neither. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, index) => same(one, b[index]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => same(a[name], b[name]));
}

/** A document as its text. */
export const documentText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
