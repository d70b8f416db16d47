"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useReducer, useRef } from "react";
import { useUnsavedGuard } from "@/components/editor/useUnsavedGuard";
import { useTRPC } from "@/components/trpc";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { Operation, TextEdit } from "@/domain/pipelines/edit/operation";
import { type DraftState, draftReducer, startDraft } from "./draft-state";

/** Typing and dragging pause this long before they are saved. */
const SAVE_AFTER_MS = 700;

export type StoredDraft = { text: string; revision: number };

export type DraftText = {
  state: DraftState;
  /** What kept the last save from being taken; null where it was. The text stays here. */
  failure: ShownFailure | null;
  perform: (operation: Operation) => void;
  typeIn: (edits: readonly TextEdit[]) => void;
  undo: () => void;
  redo: () => void;
  /** Takes in what stands on the server now, below one's own steps. */
  takeIn: (stored: StoredDraft) => void;
  /** Ends a conflict: with one's own text, or with theirs. */
  settle: (whose: "mine" | "theirs") => void;
  /** Starts anew from what the server holds, for instance after an activation. */
  restart: (stored: StoredDraft) => void;
  /** Saves at once and says which revision holds what is shown; null where it could not be saved. */
  saveNow: () => Promise<number | null>;
};

/** The text of a pipeline under one author's hands. It saves itself, and never over what somebody else saved. */
export function useDraftText(
  place: { workspace: string; pipelineId: string },
  stored: StoredDraft,
  isReadOnly: boolean,
): DraftText {
  const { workspace, pipelineId } = place;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [state, dispatch] = useReducer(draftReducer, stored, startDraft);
  const latest = useRef(state);
  latest.current = state;
  const save = useMutation(trpc.pipelines.saveDraft.mutationOptions());
  const saving = useRef<Promise<number | null> | null>(null);

  const saveNow = useCallback(async (): Promise<number | null> => {
    // One save at a time: the next one starts from the revision that this one gives.
    while (saving.current !== null) await saving.current;
    const { history, saved, revision, conflicts } = latest.current;
    if (conflicts !== null) return null;
    if (history.text === saved) return revision;
    const { text } = history;
    const act = async () => {
      const answer = await save.mutateAsync({ workspace, pipelineId, text, baseRevision: revision });
      if (!answer.saved) {
        dispatch({ type: "took_in", stored: answer.theirs });
        return null;
      }
      dispatch({ type: "saved", text, revision: answer.revision });
      queryClient.setQueryData(trpc.pipelines.draft.queryKey({ workspace, pipelineId }), (known) =>
        known === undefined ? known : { ...known, text, revision: answer.revision },
      );
      // What follows from a draft's text; the workspace around it is as it was.
      void queryClient.invalidateQueries(trpc.pipelines.draft.queryFilter({ workspace, pipelineId }));
      void queryClient.invalidateQueries(trpc.pipelines.drafts.queryFilter({ workspace }));
      void queryClient.invalidateQueries(trpc.pipelines.diffVersions.queryFilter());
      return answer.revision;
    };
    const running = act().catch(() => null);
    saving.current = running;
    const result = await running;
    saving.current = null;
    return result;
  }, [workspace, pipelineId, save.mutateAsync, queryClient, trpc]);

  const isDirty = state.history.text !== state.saved && state.conflicts === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the text starts the pause anew
  useEffect(() => {
    if (!isDirty || isReadOnly) return;
    const timer = setTimeout(() => void saveNow(), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isDirty, isReadOnly, saveNow, state.history.text, state.revision]);
  // Another tab of the page within the pause: what was drawn is saved all the same.
  const latestSave = useRef(saveNow);
  latestSave.current = saveNow;
  useEffect(() => () => void (isReadOnly || latestSave.current()), [isReadOnly]);
  useUnsavedGuard(isDirty && save.isError);

  return {
    state,
    failure: save.isError && isDirty ? failureOf(save.error) : null,
    perform: useCallback((operation) => dispatch({ type: "perform", operation, atMs: Date.now() }), []),
    typeIn: useCallback((edits) => dispatch({ type: "typed", edits, atMs: Date.now() }), []),
    undo: useCallback(() => dispatch({ type: "undo" }), []),
    redo: useCallback(() => dispatch({ type: "redo" }), []),
    takeIn: useCallback((theirs) => dispatch({ type: "took_in", stored: theirs }), []),
    settle: useCallback((whose) => dispatch({ type: "settled", whose }), []),
    restart: useCallback((theirs) => dispatch({ type: "restarted", stored: theirs }), []),
    saveNow,
  };
}
