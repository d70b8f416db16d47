/** Texts, comments, names (with what leads to them) and anything else of an expression, one by one. */
const TOKEN =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\/[^\n]*|(\.\s*)?\btasks\b(?:\s*\.\s*([A-Za-z_]\w*)|\s*\[\s*(["'])([A-Za-z][\w-]*)\3\s*\])|[A-Za-z_]\w*|[\s\S]/g;

const NAME = /^[A-Za-z_]\w*$/;

/** An expression in which `tasks.old` and `tasks["old"]` follow their task to its new id. Texts stay as they are. */
export function renameInExpression(expression: string, nameOf: (id: string) => string | null): string {
  return expression.replace(
    TOKEN,
    (token: string, member?: string, dotted?: string, quote?: string, quoted?: string) => {
      const id = dotted ?? quoted;
      if (id === undefined || member !== undefined) return token;
      const to = nameOf(id);
      if (to === null || to === id) return token;
      if (quoted !== undefined) return token.replace(`${quote}${id}${quote}`, `${quote}${to}${quote}`);
      if (NAME.test(to)) return token.slice(0, token.length - id.length) + to;
      return `tasks['${to}']`;
    },
  );
}
