import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";

const MESSAGES: Partial<Record<string, string>> = {
  InvalidSymbol: "this is no JSON",
  InvalidNumberFormat: "this is no number",
  PropertyNameExpected: "a field's name in double quotes is missing",
  ValueExpected: "a value is missing",
  ColonExpected: "a colon is missing",
  CommaExpected: "a comma is missing",
  CloseBraceExpected: "a closing } is missing",
  CloseBracketExpected: "a closing ] is missing",
  EndOfFileExpected: "nothing may follow the document",
  UnexpectedEndOfString: "a closing quote is missing",
  UnexpectedEndOfComment: "a comment is not closed",
};

/** The first mistake of a text that is no JSON; comments and a comma behind the last entry are none. */
export type TextMistake = { line: number; message: string };

/** JSON with comments, as a tree of places. An object has to stand there. */
export function parseText(text: string): { ok: true; root: Node } | { ok: false; mistake: TextMistake } {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: false });
  const [first] = errors;
  if (first !== undefined) {
    const line = text.slice(0, first.offset).split(/\r\n|\n|\r/).length;
    return {
      ok: false,
      mistake: { line, message: MESSAGES[printParseErrorCode(first.error)] ?? "this is no JSON" },
    };
  }
  if (root?.type !== "object")
    return { ok: false, mistake: { line: 1, message: "the document is no object in braces" } };
  return { ok: true, root };
}

/** The value of a tree. Of two fields with one name the later one counts. */
export function jsonOf(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(jsonOf);
  if (node.type !== "object") return node.value;
  const result: Record<string, unknown> = {};
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key !== undefined && value !== undefined) put(result, String(key.value), jsonOf(value));
  }
  return result;
}

/** Sets a field of its own, whatever its name. */
function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else target[key] = value;
}
