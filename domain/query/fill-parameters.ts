import { Failure } from "../shared/failure";
import { type SqlToken, sqlTokens } from "../shared/sql-tokens";
import type { Dialect } from "./dialect";
import { type Origins, replaceStretches } from "./origins";
import { listParameters, type QueryParameter, type QueryParameters } from "./query-parameter";
import { sqlLiteral } from "./sql-literal";

/** A `{{name}}` of a statement. */
export type Placeholder = {
  name: string;
  start: number;
  end: number;
  /** The word before it is IN, so that a list stands in parentheses of its own. */
  isAfterIn: boolean;
};

const isSign = (token: SqlToken | undefined, sign: string): boolean =>
  token?.kind === "sign" && token.text === sign;

/** The placeholders of a statement, in their order; what stands in texts, quoted names and comments is none. */
export function findPlaceholders(sql: string): Placeholder[] {
  const tokens = sqlTokens(sql);
  const found: Placeholder[] = [];
  for (const [index, token] of tokens.entries()) {
    const [second, word, third, last] = tokens.slice(index + 1, index + 5);
    if (!isSign(token, "{") || !isSign(second, "{") || second?.start !== token.end) continue;
    if (word?.kind !== "word" || !isSign(third, "}") || !isSign(last, "}")) continue;
    if (third === undefined || last?.start !== third.end) continue;
    const isAfterIn = tokens[index - 1]?.text.toUpperCase() === "IN";
    found.push({ name: word.text, start: token.start, end: last.end, isAfterIn });
  }
  return found;
}

/**
 * The statement with each `{{name}}` replaced by its value as a literal of the dialect, never as raw text. A list is its
 * values with commas between, in parentheses behind IN.
 *
 * Failures: `invalid_input` for a placeholder without a value (`/sql/<offset>`) and a value that is not of its type
 * (`/parameters/<name>`).
 */
export function fillParameters(
  sql: string,
  given: QueryParameters,
  dialect: Dialect,
): { sql: string; origins: Origins } {
  const parameters = new Map(listParameters(given).map((each) => [each.name, each]));
  const placeholders = findPlaceholders(sql);
  refuseMissing(placeholders, parameters);
  const { text, origins } = replaceStretches(
    sql,
    placeholders.map(({ name, start, end, isAfterIn }) => {
      const parameter = parameters.get(name) as QueryParameter;
      const by = literalOf(parameter, dialect);
      return { start, end, by: isAfterIn && parameter.type === "list" ? `(${by})` : by };
    }),
  );
  return { sql: text, origins };
}

function refuseMissing(placeholders: Placeholder[], parameters: Map<string, QueryParameter>): void {
  const missing = placeholders.filter(({ name }) => !parameters.has(name));
  if (missing.length === 0) return;
  const names = [...new Set(missing.map(({ name }) => `{{${name}}}`))];
  throw new Failure("invalid_input", `No value is given for ${names.join(", ")}.`, {
    hint: "Give each parameter a type and a value.",
    errors: missing.map(({ name, start }) => ({
      pointer: `/sql/${start}`,
      message: `{{${name}}} has no value.`,
    })),
  });
}

function literalOf({ name, type, items = "text", value }: QueryParameter, dialect: Dialect): string {
  const wrong = (message: string) =>
    new Failure("invalid_input", `The parameter ${name}: ${message}`, {
      errors: [{ pointer: `/parameters/${name}`, message }],
    });
  if (value === null) return "NULL";
  if (type !== "list" && Array.isArray(value)) throw wrong(`One value is wanted, not a list.`);
  const values = Array.isArray(value) ? value : [value];
  if (values.length === 0) throw wrong("The list is empty.");
  const literals = values.map((each) => sqlLiteral(each, type === "list" ? items : type, dialect));
  const complaint = literals.find((each) => "wrong" in each);
  if (complaint !== undefined && "wrong" in complaint) throw wrong(complaint.wrong);
  return literals.map((each) => ("sql" in each ? each.sql : "")).join(", ");
}
