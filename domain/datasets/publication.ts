import { z } from "zod";
import { DataSetKind } from "./data-set-record";

/** `intended`: written down before the act, of which is not known yet whether it took place. */
export const PublicationStatus = z.enum(["intended", "done"]);

export const Publication = z.object({
  id: z.string(),
  kind: DataSetKind,
  name: z.string(),
  act: z.enum(["publish", "undo"]),
  /** What others see after the act; null where an undo leaves nothing published. */
  version: z.string().nullable(),
  /** What others saw before it. */
  previousVersion: z.string().nullable(),
  /** The branch that a table's version came from. */
  branch: z.string().nullable(),
  /** The publication that an undo takes back. */
  undoes: z.string().nullable(),
  note: z.string(),
  status: PublicationStatus,
  by: z.string(),
  at: z.date(),
});
export type Publication = z.infer<typeof Publication>;
