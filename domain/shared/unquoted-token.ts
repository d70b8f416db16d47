import type { SqlToken } from "./sql-tokens";

/** The name that a token spells, without its quotes. */
export const unquotedToken = ({ kind, text }: SqlToken): string =>
  kind === "quoted" ? text.slice(1, -1).replaceAll('""', '"') : text;
