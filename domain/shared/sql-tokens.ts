export type SqlToken = {
  kind: "word" | "quoted" | "text" | "number" | "sign";
  text: string;
  start: number;
  end: number;
};

/**
 * Blanks and comments, texts (dollar-quoted and `E'…'` too), quoted names, numbers, words, and any other sign. What is
 * not closed goes to the end: to look for its end anew at each sign would take a long text the square of its length.
 */
const TOKEN =
  /(?<blank>\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<text>[eE]'[^'\\]*(?:(?:\\[\s\S]|'')[^'\\]*)*(?:'|$)|'[^']*(?:''[^']*)*(?:'|$)|\$(?<tag>\w*)\$[\s\S]*?(?:\$\k<tag>\$|$))|(?<quoted>"[^"]*(?:""[^"]*)*(?:"|$))|(?<number>\d+(?:\.\d+)?)|(?<word>[\p{L}_][\p{L}\p{M}\p{N}_$]*)|(?<sign>.)/suy;
const KINDS = ["text", "quoted", "number", "word", "sign"] as const;

/** The tokens of a statement, without blanks and comments. */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(sql); found !== null; found = TOKEN.exec(sql)) {
    const kind = KINDS.find((each) => found?.groups?.[each] !== undefined);
    if (kind !== undefined) tokens.push({ kind, text: found[0], start: found.index, end: TOKEN.lastIndex });
  }
  return tokens;
}
