import { z } from "zod";

/** A stretch of a statement as it was written: UTF-16 offsets from 0, lines and columns from 1. */
export const TextPlace = z.object({
  offset: z.int().min(0),
  length: z.int().min(0),
  line: z.int().min(1),
  column: z.int().min(1),
});
export type TextPlace = z.infer<typeof TextPlace>;
