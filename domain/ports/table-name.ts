import { Failure } from "../shared/failure";

export type TableName = { catalog: string; schema: string; table: string };

/** Letters of any script; nothing that means something to SQL, to a path or to an address. */
const PART = /^[\p{L}_][\p{L}\p{M}\p{N}_]{0,127}$/u;

/** Splits `catalog.schema.table`. Fails with `invalid_input` unless it is exactly three plain identifiers. */
export function parseTableName(name: string): TableName {
  const [catalog, schema, table, ...rest] = name.split(".");
  const parts = [catalog, schema, table];
  if (rest.length > 0 || parts.some((part) => part === undefined || !PART.test(part))) {
    throw new Failure("invalid_input", `"${name}" is not a table name.`, {
      hint: "Write three identifiers of letters, digits and underscores, as in analytics.derived.demand_features.",
    });
  }
  return { catalog: catalog as string, schema: schema as string, table: table as string };
}

/** The name as SQL takes it, whatever words its parts are: `"lake"."sample"."order"`. */
export function quoteTableName(name: string): string {
  const { catalog, schema, table } = parseTableName(name);
  return `"${catalog}"."${schema}"."${table}"`;
}
