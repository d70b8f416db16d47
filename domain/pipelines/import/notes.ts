import type { NotMapped } from "./imported-pipeline";

const LONGEST = 400;

/** What was not mapped, in the order in which it was met. */
export type Notes = { list: NotMapped[]; add(where: string, what: string, why: string): void };

export function newNotes(): Notes {
  const list: NotMapped[] = [];
  return {
    list,
    add: (where, what, why) => void list.push({ where, what: shorten(what), why }),
  };
}

const shorten = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`);
