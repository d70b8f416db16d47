/** JSON-safe result rows: `rows[R][C]`, one value per column in the order of `columns`. */
export type Cell = string | number | boolean | null;
export type Rows = { columns: { name: string; type: string }[]; rows: Cell[][]; truncated: boolean };
