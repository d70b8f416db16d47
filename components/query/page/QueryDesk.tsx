"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import { useMyRole } from "@/components/ui/useMyRole";
import { useQueryParam } from "@/components/ui/useQueryParam";
import { roleAtLeast } from "@/domain/workspaces/role-at-least";
import { browserSource } from "../browser/browser-executor";
import { useBrowserTables } from "../browser/useBrowserTables";
import { withBrowserNames } from "../catalog/with-browser-names";
import { DraftTabs } from "../drafts/DraftTabs";
import { activeDraft, type DraftBook } from "../drafts/draft-book";
import type { EditorCommands } from "../editor/editor-commands";
import type { EditorHandle } from "../editor/editor-types";
import { SqlEditor } from "../editor/SqlEditor";
import { HistoryPanel } from "../history/HistoryPanel";
import { ParameterForm } from "../parameters/ParameterForm";
import { keepParameter, parametersOf } from "../parameters/prepare-parameters";
import { SavedPanel } from "../saved/SavedPanel";
import { useSaved } from "../saved/useSaved";
import { prepareMarks, prepareProblems } from "../statements/prepare-statements";
import { hasRows, isOver, type Statement } from "../statements/statement";
import { statementsOf, useStatements } from "../statements/useStatements";
import { type DeskDialog, DeskDialogs } from "./DeskDialogs";
import { QueryActions } from "./QueryActions";
import { QueryEvidence } from "./QueryEvidence";
import { QuerySide, SIDES, type Side } from "./QuerySide";
import { ResultArea } from "./ResultArea";
import { Splitter } from "./Splitter";
import { TablesSide } from "./TablesSide";
import { useDraftActs } from "./useDraftActs";
import { useHistoryActs } from "./useHistoryActs";
import { useKeptResults } from "./useKeptResults";
import { useMissingEngines } from "./useMissingEngines";
import { useNames } from "./useNames";
import { usePanelSize } from "./usePanelSize";
import { useQueryKeys } from "./useQueryKeys";
import { useRunning } from "./useRunning";
import { useSaving } from "./useSaving";

export type QueryDeskProps = {
  workspace: string;
  /** Whose texts and tables of the browser these are. */
  scope: string;
  book: DraftBook;
  change: (next: (book: DraftBook) => DraftBook) => void;
};

/** Tables and saved queries, the text, its results, and where they come from. */
export function QueryDesk({ workspace, scope, book, change }: QueryDeskProps) {
  const draft = activeDraft(book);
  const { role, whyNot } = useMyRole(workspace);
  const whyNotSave = whyNot("analyst");
  const handle = useRef<EditorHandle | null>(null);
  const { store, all, isRunning } = useStatements(workspace, scope);
  const [shown, setShown] = useState<Record<string, string>>({});
  const tab = useQueryParam("tab");
  const side = SIDES.find((each) => each === tab.value) ?? "tables";
  const [dialog, setDialog] = useState<DeskDialog | null>(null);
  const sideWidth = usePanelSize("side", 256, [180, 560]);
  const textHeight = usePanelSize("text", 380, [76, 900]);
  const names = useNames(workspace);
  const inBrowser = useBrowserTables(scope);
  const known = useMemo(
    () => withBrowserNames(names.names, inBrowser.tables),
    [names.names, inBrowser.tables],
  );
  const missing = useMissingEngines();
  const saved = useSaved(workspace);
  const saving = useSaving({ workspace, draft, saved, change, whyNot: whyNotSave });

  const mine = useMemo(() => {
    const held = statementsOf(all, draft.id);
    return held.toSorted(
      (a, b) => (a.number || Number.MAX_SAFE_INTEGER) - (b.number || Number.MAX_SAFE_INTEGER),
    );
  }, [all, draft.id]);
  const active = mine.find(({ key }) => key === shown[draft.id]) ?? mine.at(-1) ?? null;
  const show = useCallback((key: string) => setShown((was) => ({ ...was, [draft.id]: key })), [draft.id]);

  const closeResults = useCallback(
    (keys: string[]) => {
      for (const key of keys) handle.current?.forget(key);
      store.close(keys);
    },
    [store],
  );
  const acts = useDraftActs(
    book,
    change,
    useCallback((id: string) => store.close(statementsOf(store.all(), id).map(({ key }) => key)), [store]),
  );
  const running = useRunning({ draft, handle: useCallback(() => handle.current, []), store, onShow: show });
  const history = useHistoryActs({ workspace, draftId: draft.id, store, acts, onShow: show });

  const placeKept = useKeptResults({ workspace, book, draft, change, store, all, handle });

  const goTo = (statement: Statement) => {
    const [problem] = prepareProblems([statement]);
    const place = handle.current?.placeOf(statement.key) ?? null;
    if (problem === undefined || place === null) return;
    handle.current?.select({ start: place.start + problem.start, end: place.start + problem.end });
  };
  const statementAtCursor = () => {
    const { statement } = running.atCursor();
    return statement === null ? null : running.requestOf(statement.sql);
  };
  const commands: EditorCommands = {
    run: running.runOne,
    runAll: running.runAll,
    cancel: running.cancel,
    preview: running.preview,
    explain: () => {
      const statement = statementAtCursor();
      if (statement !== null) setDialog({ kind: "plan", statement });
    },
    save: saving.save,
    format: () => void running.format(),
    open: () => acts.open(),
    close: () => acts.askToClose(draft.id),
    reopen: acts.reopen,
    next: () => acts.step(1),
    previous: () => acts.step(-1),
    problem: () => handle.current?.nextProblem(),
  };
  useQueryKeys(commands);

  const parameters = useMemo(
    () => parametersOf(draft.text, draft.parameters),
    [draft.text, draft.parameters],
  );
  const marks = useMemo(() => prepareMarks(mine), [mine]);
  const problems = useMemo(() => prepareProblems(mine), [mine]);
  const openIds = useMemo(() => book.drafts.map(({ id }) => id), [book.drafts]);
  const edit = useCallback((id: string, text: string) => acts.edit(id, { text }), [acts]);

  return (
    <>
      <p className="border-line-2 border-b bg-warn-wash px-3 py-1 text-12 room:hidden">
        This room wants a window of 900 pixels or more.
      </p>
      <div className="flex min-h-0 flex-1">
        <QuerySide
          onSide={(next: Side) => tab.set(next === "tables" ? null : next)}
          side={side}
          width={sideWidth.size}
        >
          {side === "tables" && (
            <TablesSide
              dialect={draft.dialect}
              handle={handle}
              inBrowser={inBrowser}
              names={names}
              onOpen={acts.open}
              whyNoCatalogs={whyNot("engineer")}
              workspace={workspace}
            />
          )}
          {side === "saved" && (
            <SavedPanel
              list={saved.list}
              onCopyLink={({ name, version }) => history.copyLink(name, version)}
              onOpen={history.openSavedByName}
              onRemove={(name) => setDialog({ kind: "remove", name })}
              onVersions={(name) => setDialog({ kind: "versions", name })}
              openName={draft.saved?.name ?? null}
              whyNot={whyNotSave}
            />
          )}
          {side === "history" && (
            <HistoryPanel
              maySeeAll={role !== null && roleAtLeast(role, "engineer")}
              onOpenResult={history.openResult}
              onOpenText={history.openText}
              workspace={workspace}
            />
          )}
        </QuerySide>
        <Splitter label="Width of the list" orientation="vertical" panel={sideWidth} />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <div className="flex h-[34px] shrink-0 items-stretch border-line-2 border-b bg-sunken">
            <DraftTabs
              activeId={draft.id}
              drafts={book.drafts}
              onClose={acts.askToClose}
              onOpen={() => acts.open()}
              onRename={(id, title) => acts.edit(id, { title })}
              onSelect={acts.select}
            />
            <QueryActions
              commands={commands}
              dialect={draft.dialect}
              engine={draft.engine}
              isRunning={mine.some((each) => !isOver(each))}
              missing={missing}
              onCopyResultLink={
                active !== null && hasRows(active) && browserSource(active.run.id) === null
                  ? () => history.copyResultLink(active.run.id)
                  : null
              }
              onDialect={(dialect) => acts.edit(draft.id, { dialect })}
              onEngine={(engine) => acts.edit(draft.id, { engine })}
              onTranslated={() => {
                const statement = statementAtCursor();
                if (statement !== null) setDialog({ kind: "translated", statement });
              }}
            />
          </div>
          <section
            aria-label="Text"
            className="min-h-[76px] shrink-0"
            data-pane=""
            style={{ height: textHeight.size, maxHeight: "calc(100% - 150px)" }}
            tabIndex={-1}
          >
            <SqlEditor
              commands={commands}
              dialect={draft.dialect}
              draftId={draft.id}
              label={`Text of ${draft.title}`}
              marks={marks}
              names={known}
              onChange={edit}
              onMark={show}
              onReady={(next) => {
                handle.current = next;
                placeKept();
              }}
              openIds={openIds}
              problems={problems}
              text={draft.text}
            />
          </section>
          <Splitter label="Height of the text" orientation="horizontal" panel={textHeight} />
          {parameters.length > 0 && (
            <ParameterForm
              dialect={draft.dialect}
              onChange={(next) => acts.edit(draft.id, { parameters: keepParameter(draft.parameters, next) })}
              onRun={running.runOne}
              parameters={parameters}
            />
          )}
          <ResultArea
            active={active}
            chart={draft.chart ?? null}
            onAsked={history.showAsked}
            onChart={(chart) => acts.edit(draft.id, { chart })}
            scope={scope}
            onCancel={running.cancel}
            onClose={closeResults}
            onGoTo={goTo}
            onRerun={(statement) => void store.run([statement])}
            onSelect={show}
            statements={mine}
            workspace={workspace}
          />
        </div>
      </div>
      <QueryEvidence
        onCancel={running.cancel}
        running={isRunning ? store.running() : []}
        statement={active}
      />
      <DeskDialogs
        acts={acts}
        dialog={dialog}
        draft={draft}
        history={history}
        onDialog={setDialog}
        saved={saved}
        saving={saving}
        whyNotSave={whyNotSave}
        workspace={workspace}
      />
    </>
  );
}
