import { z } from "zod";

/** Who put a pipeline away, and when. */
export const ArchiveMark = z.object({ by: z.string(), at: z.date() });
export type ArchiveMark = z.infer<typeof ArchiveMark>;

type Row = { archivedAt: Date | null; archivedBy: string | null };

/** The mark of a pipeline's row; null where it is not put away. */
export const markOf = ({ archivedAt, archivedBy }: Row): ArchiveMark | null =>
  archivedAt === null ? null : { by: archivedBy ?? "", at: archivedAt };
