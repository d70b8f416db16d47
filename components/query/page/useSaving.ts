"use client";

import { useCallback, useState } from "react";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import { toastDone, toastFailure } from "@/components/ui/toast";
import { shortQueryName } from "@/domain/query/saved-query-name";
import type { Draft } from "../drafts/draft";
import type { DraftBook } from "../drafts/draft-book";
import { changeDraft } from "../drafts/draft-book";
import type { useSaved } from "../saved/useSaved";

/** What is asked while a text is saved. */
export type SaveStep =
  | { kind: "name"; failure: ShownFailure | null }
  | { kind: "conflict"; name: string; failure: ShownFailure };

/** Saves the text that is edited: under its name, under a new one, or after somebody who was quicker. */
export function useSaving(options: {
  workspace: string;
  draft: Draft | null;
  saved: ReturnType<typeof useSaved>;
  change: (next: (book: DraftBook) => DraftBook) => void;
  whyNot: string | null;
}) {
  const { workspace, draft, saved, change, whyNot } = options;
  const [step, setStep] = useState<SaveStep | null>(null);

  const saveAs = useCallback(
    async (name: string, expectedVersion: number) => {
      if (draft === null) return;
      const { id, text: sql, dialect, parameters, chart } = draft;
      try {
        const { version, isNew } = await saved.save.mutateAsync({
          ...{ workspace, name, sql, dialect, parameters, chart, expectedVersion },
        });
        const title = shortQueryName(name);
        change((book) =>
          changeDraft(book, id, { title, saved: { name: title, version, sql, dialect, chart } }),
        );
        setStep(null);
        void toastDone(
          isNew || version !== expectedVersion
            ? `${title} was saved as version ${version}.`
            : `${title} is saved already: version ${version} says the same.`,
        );
      } catch (error) {
        const failure = failureOf(error);
        if (failure.code === "conflict") setStep({ kind: "conflict", name, failure });
        else if (draft.saved === null) setStep({ kind: "name", failure });
        else void toastFailure(failure);
      }
    },
    [draft, saved.save, workspace, change],
  );

  const save = useCallback(() => {
    if (draft === null || draft.text.trim() === "") return;
    if (whyNot !== null) void toastFailure({ code: "forbidden", message: whyNot, hint: null });
    else if (draft.saved === null) setStep({ kind: "name", failure: null });
    else void saveAs(draft.saved.name, draft.saved.version);
  }, [draft, saveAs, whyNot]);

  const close = useCallback(() => setStep(null), []);
  return { step, save, saveAs, close, isBusy: saved.save.isPending };
}
