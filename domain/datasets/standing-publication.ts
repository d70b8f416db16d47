import type { Publication } from "./publication";

/** The newest publication that no undo has taken back, of those of one data set, oldest first; null where none stands. */
export function standingPublication(publications: Publication[]): Publication | null {
  const undone = new Set(publications.flatMap(({ undoes }) => undoes ?? []));
  return publications.findLast(({ act, id }) => act === "publish" && !undone.has(id)) ?? null;
}
