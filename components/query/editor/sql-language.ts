import type { languages } from "monaco-editor";
import { Dialect } from "@/domain/query/dialect";
import type { MonacoApi } from "./load-monaco";
import { keywordsOf, typesOf } from "./sql-words";

export const languageOf = (dialect: Dialect): string => `sql-${dialect}`;

const BRACKETS: languages.LanguageConfiguration = {
  comments: { lineComment: "--", blockComment: ["/*", "*/"] },
  brackets: [
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
  ],
  autoClosingPairs: [
    { open: "(", close: ")" },
    { open: "[", close: "]" },
    { open: "{", close: "}" },
    { open: "'", close: "'", notIn: ["string", "comment"] },
    { open: '"', close: '"', notIn: ["string", "comment"] },
  ],
  surroundingPairs: [
    { open: "(", close: ")" },
    { open: "'", close: "'" },
    { open: '"', close: '"' },
  ],
};

/** What a word is told by: what it is called, and whether a parenthesis follows. */
const grammarOf = (dialect: Dialect): languages.IMonarchLanguage => ({
  ignoreCase: true,
  defaultToken: "identifier",
  keywords: keywordsOf(dialect),
  types: typesOf(dialect),
  brackets: [
    { open: "(", close: ")", token: "delimiter.parenthesis" },
    { open: "[", close: "]", token: "delimiter.square" },
    { open: "{", close: "}", token: "delimiter.curly" },
  ],
  tokenizer: {
    root: [
      [/--.*$/, "comment"],
      [/\/\*/, "comment", "@comment"],
      [/\{\{\s*[a-z_]\w*\s*\}\}/, "parameter"],
      [/'/, "string", "@string"],
      ...(dialect === "duckdb"
        ? [[/\$\$/, "string", "@dollars"] as languages.IShortMonarchLanguageRule2]
        : []),
      [/"/, "identifier.quoted", "@quoted"],
      [/\d+(\.\d*)?(e[+-]?\d+)?/, "number"],
      [/[a-z_]\w*(?=\s*\()/, { cases: { "@keywords": "keyword", "@types": "type", "@default": "function" } }],
      [/[a-z_]\w*/, { cases: { "@keywords": "keyword", "@types": "type", "@default": "identifier" } }],
      [/[()[\]{}]/, "@brackets"],
      [/[;,.]/, "delimiter"],
      [/[<>=!+\-*/%|&^~:?]+/, "operator"],
    ],
    comment: [
      [/[^*/]+/, "comment"],
      [/\*\//, "comment", "@pop"],
      [/[*/]/, "comment"],
    ],
    string: [
      [/[^']+/, "string"],
      [/''/, "string"],
      [/'/, "string", "@pop"],
    ],
    dollars: [
      [/[^$]+/, "string"],
      [/\$\$/, "string", "@pop"],
      [/\$/, "string"],
    ],
    quoted: [
      [/[^"]+/, "identifier.quoted"],
      [/""/, "identifier.quoted"],
      [/"/, "identifier.quoted", "@pop"],
    ],
  },
});

/** Teaches Monaco both dialects. */
export function registerSql(monaco: MonacoApi): void {
  for (const dialect of Dialect.options) {
    const id = languageOf(dialect);
    monaco.languages.register({ id });
    monaco.languages.setLanguageConfiguration(id, BRACKETS);
    monaco.languages.setMonarchTokensProvider(id, grammarOf(dialect));
  }
}
