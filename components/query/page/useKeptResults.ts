"use client";

import { type RefObject, useCallback, useEffect, useRef } from "react";
import { useTRPCClient } from "@/components/trpc";
import { failureOf } from "@/components/ui/failure-of";
import { splitStatements } from "@/domain/query/split-statements";
import type { Draft } from "../drafts/draft";
import { changeDraft, type DraftBook } from "../drafts/draft-book";
import type { EditorHandle } from "../editor/editor-types";
import { keptRuns, sameRuns, statementAgain } from "../statements/kept-runs";
import type { Statement } from "../statements/statement";
import { statementOfRun } from "../statements/statement-of-run";
import type { StatementStore } from "../statements/statement-store";

type Loose = Pick<Statement, "key" | "draftId" | "number" | "sql">;

/**
 * Keeps with each text which runs its results are of, and shows them again after a reload: rows come from the server, and
 * what still runs is followed. Gives what is to be called whenever the editor has a text.
 */
export function useKeptResults(options: {
  workspace: string;
  book: DraftBook;
  draft: Draft;
  change: (next: (book: DraftBook) => DraftBook) => void;
  store: StatementStore;
  all: readonly Statement[];
  handle: RefObject<EditorHandle | null>;
}): () => void {
  const { workspace, book, draft, change, store, all, handle } = options;
  const client = useTRPCClient();
  const restored = useRef(new Set<string>());
  const asked = useRef(new Set<string>());
  const loose = useRef<Loose[]>([]);
  const activeId = useRef(draft.id);
  activeId.current = draft.id;

  /** Results that have come back are put beside their statements, where the text still has them. */
  const place = useCallback(() => {
    const editor = handle.current;
    if (editor === null) return;
    const statements = splitStatements(editor.text());
    const held = new Set(store.all().map(({ key }) => key));
    // Those that have a place stay: another editor, once it has loaded, is told again.
    loose.current = loose.current.filter((each) => {
      if (!held.has(each.key)) return false;
      if (each.draftId !== activeId.current || editor.placeOf(each.key) !== null) return true;
      const found = statementAgain(each, statements);
      if (found === null) store.loosen([each.key]);
      else editor.track(each.key, found);
      return found !== null;
    });
  }, [handle, store]);

  useEffect(() => {
    // The server, which keeps the runs.
    const { id, runs = [] } = draft;
    if (asked.current.has(id)) return;
    asked.current.add(id);
    const read = (runId: string) =>
      client.queries.get.query({ workspace, id: runId }).catch((error: unknown) => {
        if (failureOf(error).code === "not_found") return null;
        throw error;
      });
    Promise.all(runs.map(({ runId }) => read(runId))).then(
      (found) => {
        for (const [at, run] of found.entries()) {
          const kept = runs[at];
          if (kept === undefined || run === null || store.all().some(({ key }) => key === kept.key)) continue;
          const statement = statementOfRun(run, { key: kept.key, draftId: id, number: kept.number });
          if (kept.number > 0) loose.current.push(statement);
          store.show(statement);
        }
        place();
        restored.current.add(id);
      },
      // What is kept stays kept, for the next time.
      () => undefined,
    );
  }, [client, draft, place, store, workspace]);

  useEffect(() => {
    // The book of texts, which is kept in the browser's database.
    for (const id of asked.current) {
      if (book.drafts.some((each) => each.id === id)) continue;
      asked.current.delete(id);
      restored.current.delete(id);
    }
    for (const { id, runs = [] } of book.drafts) {
      if (!restored.current.has(id)) continue;
      const now = keptRuns(all, id);
      if (!sameRuns(now, runs)) change((held) => changeDraft(held, id, { runs: now }));
    }
  }, [all, book.drafts, change]);

  return place;
}
