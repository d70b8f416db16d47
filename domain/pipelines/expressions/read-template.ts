export type TemplatePart =
  | { is: "text"; text: string }
  /** `start` is where the source begins in the text. */
  | { is: "expression"; source: string; start: number };

export type ReadTemplate =
  | { ok: true; parts: TemplatePart[]; isWhole: boolean }
  | { ok: false; position: number; message: string };

/** Takes a text with `{{ expressions }}` apart. One that is a single expression, blanks aside, is whole: it keeps its type. */
export function readTemplate(text: string): ReadTemplate {
  const parts: TemplatePart[] = [];
  let position = 0;
  for (;;) {
    const open = text.indexOf("{{", position);
    if (open === -1) break;
    if (open > position) parts.push({ is: "text", text: text.slice(position, open) });
    const close = endOf(text, open + 2);
    if (close === -1)
      return {
        ok: false,
        position: open,
        message: "This {{ has no }}. Close the expression, or double no braces.",
      };
    const source = text.slice(open + 2, close);
    if (source.trim() === "")
      return { ok: false, position: open, message: "There is nothing between {{ and }}." };
    parts.push({ is: "expression", source, start: open + 2 });
    position = close + 2;
  }
  if (position < text.length) parts.push({ is: "text", text: text.slice(position) });
  const filled = parts.filter((part) => part.is === "expression" || part.text.trim() !== "");
  return { ok: true, parts, isWhole: filled.length === 1 && filled[0]?.is === "expression" };
}

const BRACE_OR_TEXT = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[{}]/gs;

/** Where the expression that begins at `from` is closed; braces in its texts and of its maps do not close it. */
function endOf(text: string, from: number): number {
  let depth = 0;
  BRACE_OR_TEXT.lastIndex = from;
  for (let found = BRACE_OR_TEXT.exec(text); found !== null; found = BRACE_OR_TEXT.exec(text)) {
    if (found[0] === "}" && depth === 0) return text[found.index + 1] === "}" ? found.index : -1;
    if (found[0] === "{") depth += 1;
    if (found[0] === "}") depth -= 1;
  }
  return -1;
}
