import { type Draft, isUnsaved } from "./draft";

/** The open texts of one person in one workspace, never empty, and those closed last, newest first. */
export type DraftBook = { drafts: Draft[]; activeId: string; closed: Draft[] };

const MOST_CLOSED = 20;

export const newDraft = (id: string, fields: Partial<Omit<Draft, "id">> = {}): Draft => ({
  id,
  title: "query.sql",
  text: "",
  dialect: "trino",
  engine: "auto",
  parameters: [],
  chart: null,
  saved: null,
  ...fields,
});

export const firstBook = (id: string): DraftBook => ({
  drafts: [newDraft(id, { title: "query 1" })],
  activeId: id,
  closed: [],
});

export const activeDraft = (book: DraftBook): Draft => {
  const draft = book.drafts.find(({ id }) => id === book.activeId) ?? book.drafts[0];
  if (draft === undefined) throw new Error("A book of drafts is never empty.");
  return draft;
};

/** `query 1`, `query 2`, …: the first that no open text has. */
export function freeTitle(book: DraftBook, stem = "query"): string {
  const taken = new Set(book.drafts.map(({ title }) => title));
  for (let number = 1; ; number += 1) if (!taken.has(`${stem} ${number}`)) return `${stem} ${number}`;
}

/** Opens a text behind the active one. */
export function addDraft(book: DraftBook, draft: Draft): DraftBook {
  const at = book.drafts.findIndex(({ id }) => id === book.activeId) + 1;
  return { ...book, drafts: book.drafts.toSpliced(at, 0, draft), activeId: draft.id };
}

export const changeDraft = (book: DraftBook, id: string, change: Partial<Omit<Draft, "id">>): DraftBook => ({
  ...book,
  drafts: book.drafts.map((draft) => (draft.id === id ? { ...draft, ...change } : draft)),
});

export const selectDraft = (book: DraftBook, id: string): DraftBook =>
  book.drafts.some((draft) => draft.id === id) ? { ...book, activeId: id } : book;

/** The text after or before the active one, around the end. */
export function stepDraft(book: DraftBook, step: 1 | -1): DraftBook {
  const count = book.drafts.length;
  const at = book.drafts.findIndex(({ id }) => id === book.activeId);
  return { ...book, activeId: book.drafts[(at + step + count) % count]?.id ?? book.activeId };
}

/** Closes a text; its neighbour becomes active. The last one leaves an empty text, whose id is `emptyId`. */
export function closeDraft(book: DraftBook, id: string, emptyId: string): DraftBook {
  const at = book.drafts.findIndex((draft) => draft.id === id);
  const gone = book.drafts[at];
  if (gone === undefined) return book;
  const left = book.drafts.toSpliced(at, 1);
  const worthKeeping = isUnsaved(gone) || gone.saved !== null;
  const closed = worthKeeping ? [gone, ...book.closed].slice(0, MOST_CLOSED) : book.closed;
  if (left.length === 0) return { ...firstBook(emptyId), closed };
  const next = left[Math.min(at, left.length - 1)]?.id ?? book.activeId;
  return { drafts: left, activeId: book.activeId === id ? next : book.activeId, closed };
}

/** Brings the text that was closed last back, as it was. */
export function reopenDraft(book: DraftBook): DraftBook {
  const [last, ...closed] = book.closed;
  return last === undefined ? book : { ...addDraft(book, last), closed };
}

/**
 * The book as another tab of the browser kept it, with what was changed here since `opened`: such texts are put beside,
 * under ids from `freshId`, so that neither side loses a line.
 */
export function takeOver(
  kept: DraftBook,
  here: DraftBook,
  opened: DraftBook,
  freshId: () => string,
): DraftBook {
  const textOf = (book: DraftBook, id: string) => book.drafts.find((draft) => draft.id === id)?.text;
  const changed = here.drafts.filter(
    ({ id, text }) => text.trim() !== "" && text !== textOf(opened, id) && text !== textOf(kept, id),
  );
  const beside = changed.map((draft) => ({
    ...draft,
    id: freshId(),
    title: `${draft.title} (other tab)`,
  }));
  return { ...kept, drafts: [...kept.drafts, ...beside] };
}
