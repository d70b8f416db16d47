/** A text literal of SQL. */
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
