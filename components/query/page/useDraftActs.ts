"use client";

import { useCallback, useState } from "react";
import { shortQueryName } from "@/domain/query/saved-query-name";
import { type Draft, isUnsaved } from "../drafts/draft";
import {
  addDraft,
  changeDraft,
  closeDraft,
  type DraftBook,
  freeTitle,
  newDraft,
  reopenDraft,
  selectDraft,
  stepDraft,
} from "../drafts/draft-book";
import type { SavedQuery } from "../query-types";

const freshId = () => `draft-${Math.random().toString(36).slice(2, 10)}`;

/** What can be done with the open texts. */
export function useDraftActs(
  book: DraftBook | null,
  change: (next: (book: DraftBook) => DraftBook) => void,
  onClosed: (id: string) => void,
) {
  /** Of the text whose closing is asked about. */
  const [closing, setClosing] = useState<Draft | null>(null);

  const close = useCallback(
    (id: string) => {
      change((now) => closeDraft(now, id, freshId()));
      onClosed(id);
      setClosing(null);
    },
    [change, onClosed],
  );

  const open = useCallback(
    (fields: Partial<Omit<Draft, "id">> = {}) => {
      const id = freshId();
      change((now) => addDraft(now, newDraft(id, { title: freeTitle(now), ...fields })));
      return id;
    },
    [change],
  );

  return {
    closing,
    keepOpen: useCallback(() => setClosing(null), []),
    close,
    askToClose: useCallback(
      (id: string) => {
        const draft = book?.drafts.find((each) => each.id === id);
        if (draft !== undefined && isUnsaved(draft)) setClosing(draft);
        else close(id);
      },
      [book, close],
    ),
    open,
    /** A saved query, in the text that holds it already or in a new one. */
    openSaved: useCallback(
      (query: SavedQuery) => {
        const name = shortQueryName(query.name);
        const { version, sql, dialect, parameters, chart, currentVersion } = query;
        change((now) => {
          const held = now.drafts.find(
            ({ saved, text }) => saved?.name === name && saved.version === version && text === saved.sql,
          );
          if (held !== undefined) return selectDraft(now, held.id);
          const title = version === currentVersion ? name : `${name}, version ${version}`;
          const saved = { name, version, sql, dialect, chart };
          return addDraft(now, newDraft(freshId(), { title, text: sql, dialect, parameters, chart, saved }));
        });
      },
      [change],
    ),
    edit: useCallback(
      (id: string, changes: Partial<Omit<Draft, "id">>) => change((now) => changeDraft(now, id, changes)),
      [change],
    ),
    select: useCallback((id: string) => change((now) => selectDraft(now, id)), [change]),
    step: useCallback((by: 1 | -1) => change((now) => stepDraft(now, by)), [change]),
    reopen: useCallback(() => change(reopenDraft), [change]),
  };
}
