import { z } from "zod";

/**
 * A column of a result. `type` is spelt as the engine that ran the statement spells it: `DECIMAL(12,2)`,
 * `timestamp(6) with time zone`. Two columns may have the same name; a column is told by its place.
 */
export const ResultColumn = z.object({ name: z.string(), type: z.string() });
export type ResultColumn = z.infer<typeof ResultColumn>;
