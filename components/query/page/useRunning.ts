"use client";

import { useCallback } from "react";
import { toastFailure } from "@/components/ui/toast";
import { previewStatement } from "@/domain/query/preview-statement";
import { type StatementText, splitStatements, statementAt } from "@/domain/query/split-statements";
import { type Draft, isUnsaved } from "../drafts/draft";
import type { EditorHandle } from "../editor/editor-types";
import { parameterProblem, parametersOf } from "../parameters/prepare-parameters";
import { statementsIn, tabOfStatement } from "../statements/prepare-statements";
import { isOver, type StatementRequest } from "../statements/statement";
import type { NewStatement, StatementStore } from "../statements/statement-store";
import { statementsOf } from "../statements/useStatements";
import { formatSql } from "./format-sql";

const freshKey = () => `statement-${Math.random().toString(36).slice(2, 10)}`;

/** What is run of the text that is edited: the statement at the cursor, the selection, all, or a part of one. */
export function useRunning(options: {
  draft: Draft;
  handle: () => EditorHandle | null;
  store: StatementStore;
  onShow: (key: string) => void;
}) {
  const { draft, handle, store, onShow } = options;

  const requestOf = useCallback(
    (sql: string): StatementRequest => ({
      sql,
      dialect: draft.dialect,
      engine: draft.engine,
      parameters: parametersOf(sql, draft.parameters),
      savedQuery:
        draft.saved === null || isUnsaved(draft)
          ? null
          : { name: draft.saved.name, version: draft.saved.version },
    }),
    [draft],
  );

  /** Shows the field that is wrong instead of asking an engine that can only refuse. */
  const isFilled = useCallback(
    (requests: StatementRequest[]) => {
      const wrong = requests.some(({ parameters }) =>
        parameters.some((each) => parameterProblem(each, draft.dialect) !== null),
      );
      if (wrong)
        document.querySelector<HTMLElement>("form[aria-label=Parameters] [aria-invalid=true]")?.focus();
      return !wrong;
    },
    [draft.dialect],
  );

  const run = useCallback(
    (wanted: StatementText[], all: StatementText[]) => {
      const editor = handle();
      const first = wanted[0];
      if (editor === null || first === undefined) return;
      const tabs = statementsOf(store.all(), draft.id).flatMap(({ key, previewOf }) => {
        const place = previewOf === null ? editor.placeOf(key) : null;
        return place === null ? [] : [{ key, start: place.start }];
      });
      const added = wanted.map((each): NewStatement => {
        const known = tabOfStatement(each, tabs);
        return {
          ...requestOf(each.sql),
          key: known ?? freshKey(),
          draftId: draft.id,
          number: all.findIndex(({ until }) => each.start < until || each.start === until) + 1,
          previewOf: null,
        };
      });
      if (!isFilled(added)) return;
      const here = new Set([...added, ...tabs].map(({ key }) => key));
      const mine = statementsOf(store.all(), draft.id);
      store.loosen(
        mine.flatMap(({ key, number, previewOf }) =>
          number > 0 && previewOf === null && !here.has(key) ? [key] : [],
        ),
      );
      for (const [at, each] of added.entries()) {
        const place = wanted[at];
        if (place !== undefined) editor.track(each.key, place);
      }
      onShow(added[0]?.key ?? "");
      void store.run(added).then(() => {
        // Of several, the one that failed is what is to be looked at.
        const keys = new Set(added.map(({ key }) => key));
        const failed = store.all().find(({ key, status }) => keys.has(key) && status === "failed");
        if (failed !== undefined && added.length > 1) onShow(failed.key);
      });
    },
    [draft.id, handle, isFilled, onShow, requestOf, store],
  );

  const atCursor = useCallback((): { all: StatementText[]; statement: StatementText | null } => {
    const editor = handle();
    if (editor === null) return { all: [], statement: null };
    const all = splitStatements(editor.text());
    return { all, statement: statementAt(all, editor.cursor()) };
  }, [handle]);

  const runOne = useCallback(() => {
    const editor = handle();
    const selection = editor?.selection() ?? null;
    const { all, statement } = atCursor();
    if (editor !== null && selection !== null) run(statementsIn(all, editor.text(), selection), all);
    else if (statement !== null) run([statement], all);
  }, [atCursor, handle, run]);

  const runAll = useCallback(() => {
    const { all } = atCursor();
    run(all, all);
  }, [atCursor, run]);

  const preview = useCallback(() => {
    const editor = handle();
    const { statement, all } = atCursor();
    if (editor === null || statement === null) return;
    const found = previewStatement(statement.sql, editor.cursor() - statement.start, draft.dialect);
    if (found === null) {
      void toastFailure({
        code: "invalid_input",
        message: "There is no query at the cursor to look at.",
        hint: "Put the cursor into a SELECT, a CTE or a sub-query.",
      });
      return;
    }
    const { part } = found;
    const added: NewStatement = {
      ...requestOf(found.sql),
      key: `preview-${draft.id}-${part.kind === "cte" ? `cte-${part.name}` : part.kind}`,
      draftId: draft.id,
      number: all.indexOf(statement) + 1,
      savedQuery: null,
      previewOf: { part, origins: found.origins },
    };
    if (!isFilled([added])) return;
    editor.track(added.key, statement);
    void store.run([added]);
    onShow(added.key);
  }, [atCursor, draft, handle, isFilled, onShow, requestOf, store]);

  const cancel = useCallback(() => {
    const mine = statementsOf(store.all(), draft.id).filter((each) => !isOver(each));
    const all = mine.length > 0 ? mine : store.running();
    store.cancel(all.map(({ key }) => key));
  }, [draft.id, store]);

  const format = useCallback(async () => {
    const editor = handle();
    if (editor === null) return;
    const text = editor.text();
    const range = editor.selection() ?? { start: 0, end: text.length };
    try {
      const formatted = await formatSql(text.slice(range.start, range.end), draft.dialect);
      if (editor.text() === text) editor.replace(range, formatted);
    } catch (error) {
      void toastFailure({
        code: "invalid_input",
        message: "The text cannot be laid out, because it cannot be read as SQL.",
        hint: error instanceof Error ? (error.message.split("\n")[0] ?? null) : null,
      });
    }
  }, [draft.dialect, handle]);

  return { runOne, runAll, preview, cancel, format, atCursor, requestOf };
}
