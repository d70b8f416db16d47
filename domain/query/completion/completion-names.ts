import { z } from "zod";

/** Columns of one table that name a row of another. */
const ForeignKey = z.object({
  columns: z.array(z.string()),
  table: z.string(),
  references: z.array(z.string()),
});

/**
 * The names that statements can use, small enough to be sent for a million columns: each distinct column name and type
 * is there once, and tables name them by their places.
 */
export const CompletionNames = z.object({
  /** Changes whenever a name does. */
  version: z.string(),
  columnNames: z.array(z.string()),
  types: z.array(z.string()),
  tables: z.array(
    z.object({
      /** Three parts, unquoted: catalog, schema, table. */
      parts: z.tuple([z.string(), z.string(), z.string()]),
      /** Pairs: place in `columnNames`, place in `types`. */
      columns: z.array(z.int()),
      rows: z.number().nullable(),
      /** Columns that tell its rows apart. */
      key: z.array(z.string()).optional(),
      foreignKeys: z.array(ForeignKey).optional(),
    }),
  ),
});
export type CompletionNames = z.infer<typeof CompletionNames>;
export type CompletionTable = CompletionNames["tables"][number];
