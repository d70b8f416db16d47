"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { JsonSchema } from "@/components/form/check-schema";
import { useTRPC } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { toastDone } from "@/components/ui/toast";
import type { InputError } from "@/domain/shared/failure";
import { findProblems, isMissing } from "./prepare-problems";
import type { ConnectionDraft } from "./useConnectionDraft";

export type SaveDocumentInput = {
  workspace: string;
  name: string;
  isNew: boolean;
  isStoredDraft: boolean;
  storedVersion: number;
  draft: ConnectionDraft;
  specification: JsonSchema | null;
  whyReadOnly: string | null;
  onSaved: (name: string) => void;
};

export type SaveDocument = {
  /** Everything that is wrong, said or not. */
  problems: InputError[];
  /** What is said now; what is merely missing is said once somebody asks to test or save. */
  shown: InputError[];
  sayMissing: () => void;
  failure: ShownFailure | null;
  isConflict: boolean;
  isBusy: boolean;
  whyNotSave: string | null;
  save: () => void;
  saveDraft: () => void;
  /** Saves this text as the version after the one that somebody else saved. */
  overwrite: () => void;
  takeTheirs: () => void;
};

/** What is wrong with a document, and saving it as a version or as a draft. */
export function useSaveDocument(input: SaveDocumentInput): SaveDocument {
  const { workspace, name, isNew, draft, specification } = input;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [saysMissing, setSaysMissing] = useState(!isNew);
  const { read } = draft;
  const problems = useMemo(
    () => (read.ok ? findProblems(name, read.value, specification) : []),
    [read, name, specification],
  );
  const mutation = useMutation(
    trpc.sources.save.mutationOptions({
      onSuccess: async (saved, { draft: isDraft }) => {
        await queryClient.invalidateQueries(trpc.sources.pathFilter());
        draft.discard();
        void toastDone(`${saved.name} saved as ${isDraft ? "draft" : "version"} ${saved.version}`);
        input.onSaved(saved.name);
      },
    }),
  );
  const failure = mutation.isError ? failureOf(mutation.error) : null;
  // What the server complained about stands at its field until the document changes.
  const isAboutThis = read.ok && mutation.variables?.document === read.value;
  const refused = (isAboutThis ? failure?.errors : undefined) ?? [];
  const submit = (asDraft: boolean, baseVersion: number) => {
    setSaysMissing(true);
    if (!read.ok || (problems.length > 0 && !asDraft)) return;
    mutation.mutate({
      workspace,
      name,
      document: read.value,
      baseVersion,
      ...(asDraft ? { draft: true } : {}),
    });
  };
  return {
    problems,
    shown: [...problems.filter((one) => saysMissing || !isMissing(one)), ...refused],
    sayMissing: () => setSaysMissing(true),
    failure,
    isConflict: draft.isDirty && (failure?.code === "conflict" || draft.isBehind),
    isBusy: mutation.isPending,
    whyNotSave: input.whyReadOnly ?? whyNotSave(input, problems.length),
    save: () => submit(false, draft.baseVersion),
    saveDraft: () => submit(true, draft.baseVersion),
    overwrite: () => {
      draft.rebase();
      submit(false, input.storedVersion);
    },
    takeTheirs: () => {
      draft.discard();
      mutation.reset();
    },
  };
}

function whyNotSave(
  { draft, isNew, isStoredDraft, name }: SaveDocumentInput,
  problems: number,
): string | null {
  if (isNew && name === "") return "Give the connection a name first.";
  if (!draft.isDirty && !isNew && !isStoredDraft) return "Nothing is changed.";
  if (!draft.read.ok) return "The text is no JSON yet. Mend it in the JSON view.";
  return problems > 0 && !isNew ? `Mend ${formatCount(problems, "problem")} first.` : null;
}
