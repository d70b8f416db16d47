import type { SqlToken } from "../../shared/sql-tokens";

export const isWord = (token: SqlToken | undefined, word: string): boolean =>
  token?.kind === "word" && token.text.toUpperCase() === word;

export const isOneOf = (token: SqlToken | undefined, words: readonly string[]): boolean =>
  token?.kind === "word" && words.includes(token.text.toUpperCase());

export const isSign = (token: SqlToken | undefined, sign: string): boolean =>
  token?.kind === "sign" && token.text === sign;

export const isName = (token: SqlToken | undefined): boolean =>
  token?.kind === "word" || token?.kind === "quoted";
