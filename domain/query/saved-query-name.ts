import { z } from "zod";

const FOLDER = "analytics.queries.";
const PLAIN = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N} _-]{0,99}$/u;
const THREE_PARTS = /^[\p{L}_][\p{L}\p{M}\p{N}_]*(\.[\p{L}_][\p{L}\p{M}\p{N}_]*){2}$/u;

/** The name of a saved query: a plain one, or the whole one of three parts. */
export const QueryName = z
  .string()
  .trim()
  .max(300)
  .refine(
    (name) => PLAIN.test(name) || THREE_PARTS.test(name) || PLAIN.test(shortQueryName(name)),
    "Use letters, digits, blanks, _ and -",
  );

/** The whole name: a plain one stands in `analytics.queries`. */
export const wholeQueryName = (name: string): string => (name.includes(".") ? name : `${FOLDER}${name}`);

/** The name as people say it: without `analytics.queries.`. */
export const shortQueryName = (name: string): string =>
  name.startsWith(FOLDER) ? name.slice(FOLDER.length) : name;
