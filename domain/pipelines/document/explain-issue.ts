import type { z } from "zod";
import type { InputError } from "../../shared/failure";
import { toPointer, valueAt } from "../../shared/json-pointer";
import { nearestName } from "../../shared/nearest-name";
import { soleNearName } from "../../shared/sole-near-name";
import type { DocumentError } from "./document-error";
import { knownFields } from "./known-fields";

type Issue = z.core.$ZodIssue;

/** What zod found wrong with `json`, in sentences; `base` is the pointer of `json` in the document. */
export function explainIssue(issue: Issue, json: unknown, schema: z.ZodType, base = ""): DocumentError[] {
  const code = codeOf(issue);
  return say(issue, json, schema, base).map((error) => ({ code, ...error }));
}

type Said = InputError & Partial<Pick<DocumentError, "code" | "meant">>;

const codeOf = ({ code }: Issue): DocumentError["code"] => {
  if (code === "unrecognized_keys") return "unknown_field";
  return code === "invalid_type" || code === "invalid_union" ? "wrong_type" : "wrong_value";
};

function say(issue: Issue, json: unknown, schema: z.ZodType, base: string): Said[] {
  const pointer = base + toPointer(issue.path);
  const value = valueAt(json, issue.path);
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = knownFields(schema, issue.path);
      return issue.keys.map((key) => ({
        pointer: base + toPointer([...issue.path, key]),
        message: `The field "${key}" is not known here. ${wayOut(key, known)}`,
      }));
    }
    case "invalid_union":
      return explainUnion(issue, json, schema, base);
    case "invalid_key":
      return [
        {
          pointer,
          message: `"${String(issue.path.at(-1))}" is no name here. ${issue.issues[0]?.message ?? ""}.`,
        },
      ];
    case "invalid_value": {
      const options = issue.values.map(String);
      const choice = options.length === 1 ? `Write ${options[0]}.` : `Write one of ${options.join(", ")}.`;
      if (value === undefined) return [{ pointer, message: `${missing(issue)} ${choice}` }];
      return [{ pointer, ...misspelled(value, options, choice) }];
    }
    case "invalid_type":
      if (value === undefined)
        return [{ pointer, message: `${missing(issue)} It is ${kindWords(issue.expected)}.` }];
      return [{ pointer, message: `Write ${kindWords(issue.expected)}; this is ${wordsFor(value)}.` }];
    case "too_big":
    case "too_small":
      return [{ pointer, message: issue.message.startsWith("Too ") ? sizeWords(issue) : issue.message }];
    default:
      return [{ pointer, message: issue.message }];
  }
}

function misspelled(value: unknown, options: string[], choice: string): Pick<Said, "message" | "meant"> {
  const near = typeof value === "string" ? nearestName(value, options) : null;
  if (near === null) return { message: choice };
  const meant = soleNearName(String(value), options);
  return { message: `Did you mean ${near}? ${choice}`, ...(meant === null ? {} : { meant }) };
}

const missing = ({ path }: Issue): string => `The field "${String(path.at(-1) ?? "")}" is missing.`;

function wayOut(key: string, known: string[]): string {
  const near = nearestName(key, known);
  if (near !== null) return `Did you mean "${near}"?`;
  if (known.length === 0) return "Remove it or correct its spelling.";
  return `Remove it or correct its spelling; fields here: ${known.join(", ")}.`;
}

/** The complaints of the one form that the value was meant to have; without one, what the forms are. */
function explainUnion(
  issue: Extract<Issue, { code: "invalid_union" }>,
  json: unknown,
  schema: z.ZodType,
  base: string,
): Said[] {
  const isOfOtherKind = (each: Issue) => each.code === "invalid_type" && each.path.length === 0;
  const meant = issue.errors.find((issues) => issues.length > 0 && !issues.some(isOfOtherKind));
  if (meant !== undefined) {
    return meant.flatMap((each) =>
      explainIssue({ ...each, path: [...issue.path, ...each.path] } as Issue, json, schema, base),
    );
  }
  const kinds = issue.errors.flatMap((issues) =>
    issues.flatMap((each) => (each.code === "invalid_type" ? [kindWords(each.expected)] : [])),
  );
  const value = valueAt(json, issue.path);
  const found = value === undefined ? missing(issue) : `This is ${wordsFor(value)}.`;
  return [
    {
      pointer: base + toPointer(issue.path),
      message: `${found} Write ${[...new Set(kinds)].join(" or ") || "another value"}.`,
    },
  ];
}

function sizeWords(issue: Extract<Issue, { code: "too_big" | "too_small" }>): string {
  const [least, limit] =
    issue.code === "too_small" ? ["at least", issue.minimum] : ["at most", issue.maximum];
  const bound = `${issue.inclusive === false ? (issue.code === "too_small" ? "more than" : "less than") : least} ${limit}`;
  const one = Number(limit) === 1 ? "" : "s";
  if (issue.origin === "string") return `Write ${bound} character${one}.`;
  if (issue.origin === "array" || issue.origin === "set")
    return `Write ${bound} entr${one === "" ? "y" : "ies"}.`;
  return `Write a number of ${bound}.`;
}

const WORDS: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};
const kindWords = (kind: string): string => WORDS[kind] ?? kind;

function wordsFor(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return `the text "${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
  if (typeof value === "object") return "an object";
  return String(value);
}
