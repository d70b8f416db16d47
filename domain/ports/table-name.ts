import { Failure } from "../shared/failure";
import { quotedName } from "../shared/quoted-name";

export type TableName = { catalog: string; schema: string; table: string };

/** Letters of any script; what holds anything else is written in double quotes, as in SQL. */
const PLAIN = /^[\p{L}_][\p{L}\p{M}\p{N}_]{0,127}$/u;
const PART = /"((?:[^"]|"")*)"|([^".]*)/uy;
/** No control character, which neither a page nor an address can show. */
const QUOTABLE = /^[^\p{Cc}\p{Zl}\p{Zp}]{1,200}$/u;

/** Splits `catalog.schema.table`. Fails with `invalid_input` unless it is exactly three identifiers, each plain or quoted. */
export function parseTableName(name: string): TableName {
  const parts: (string | null)[] = [];
  for (let position = 0; position <= name.length; position += 1) {
    PART.lastIndex = position;
    const [whole = "", inner, plain] = PART.exec(name) ?? [];
    parts.push(inner === undefined ? plainPart(plain) : quotedPart(inner.replaceAll('""', '"')));
    position += whole.length;
    if (position < name.length && name[position] !== ".") parts.push(null);
  }
  const [catalog, schema, table] = parts;
  if (parts.length === 3 && catalog && schema && table) return { catalog, schema, table };
  throw new Failure("invalid_input", `"${name}" is not a table name.`, {
    hint: "Write three identifiers of letters, digits and underscores, as in analytics.derived.demand_features; quotedName others.",
  });
}

const plainPart = (part: string | undefined): string | null =>
  part !== undefined && PLAIN.test(part) ? part : null;
const quotedPart = (part: string): string | null => (QUOTABLE.test(part) && part.trim() !== "" ? part : null);

/** The one spelling of a name: parts are quoted only where they must be. */
export const spellTableName = ({ catalog, schema, table }: TableName): string =>
  [catalog, schema, table].map((part) => (PLAIN.test(part) ? part : quotedName(part))).join(".");

/** The name as SQL takes it, whatever words its parts are: `"lake"."sample"."order"`. */
export const quoteTableName = (name: string): string =>
  Object.values(parseTableName(name)).map(quotedName).join(".");
