/** A text as an SQL literal. A NUL cannot stand in one and is dropped. */
export const sqlText = (value: string): string => `'${value.replaceAll("\0", "").replaceAll("'", "''")}'`;
