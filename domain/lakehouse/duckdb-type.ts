const SCALARS: Record<string, string> = {
  boolean: "BOOLEAN",
  integer: "INTEGER",
  bigint: "BIGINT",
  real: "FLOAT",
  double: "DOUBLE",
  date: "DATE",
  varchar: "VARCHAR",
  varbinary: "BLOB",
  uuid: "UUID",
};

/** DuckDB's spelling of a type that Trino spells; null for a nested one, which no column changes into. */
export function duckdbType(trino: string): string | null {
  const type = trino.toLowerCase().trim();
  if (/^decimal\(\d+, ?\d+\)$/.test(type)) return type.toUpperCase();
  if (/^timestamp(\(\d+\))? with time zone$/.test(type)) return "TIMESTAMPTZ";
  if (/^timestamp(\(\d+\))?$/.test(type)) return "TIMESTAMP";
  if (/^time(\(\d+\))?$/.test(type)) return "TIME";
  return SCALARS[type] ?? null;
}
