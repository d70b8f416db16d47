/** A text literal of SQL. */
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A quoted identifier of SQL. */
export const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;
