"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { LinedTextHandle } from "@/components/editor/LinedText";
import { pointerLines } from "@/components/editor/pointer-lines";
import { FlowCanvas } from "@/components/graph/canvas/FlowCanvas";
import type { FlowCanvasHandle } from "@/components/graph/canvas/flow-canvas-props";
import { Button } from "@/components/ui/Button";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { toastFailure } from "@/components/ui/toast";
import type { Problem } from "@/domain/pipelines/problems/problem";
import { ActivateDialog } from "./bar/ActivateDialog";
import { BuilderBar } from "./bar/BuilderBar";
import { ConflictNotice } from "./bar/ConflictNotice";
import { savingWords, whyNotActivate } from "./bar/draft-words";
import { FindTask } from "./bar/FindTask";
import { Inspector } from "./Inspector";
import { Palette } from "./Palette";
import { ProblemList } from "./ProblemList";
import { looseTasks, prepareFlow } from "./prepare-flow";
import { pointerOf } from "./read-document";
import { useBuilderActs } from "./state/useBuilderActs";
import { useDraftText } from "./state/useDraftText";
import { useNextProblem } from "./state/useNextProblem";
import { useOthersSaves } from "./state/useOthersSaves";
import { usePlaces } from "./state/usePlaces";
import { usePresence } from "./state/usePresence";
import { useReading } from "./state/useReading";
import { useRelease } from "./state/useRelease";
import { TextPane } from "./TextPane";

const NOWHERE = new Map<string, never>();

export type BuilderPaneProps = {
  workspace: string;
  pipelineId: string;
  stored: { text: string; revision: number };
  draft: { of: number | null; by: string; at: Date } | null;
  activeVersion: number | null;
  myName: string | null;
  whyReadOnly: string | null;
  /** The task in the address. */
  task: string | null;
  onTask: (id: string | null) => void;
};

/** The draft of a pipeline under one's hands: palette, graph or text, inspector, problems. */
export function BuilderPane(props: BuilderPaneProps) {
  const { workspace, pipelineId, stored, whyReadOnly, activeVersion, task: openTask, onTask } = props;
  const place = useMemo(() => ({ workspace, pipelineId }), [workspace, pipelineId]);
  const isReadOnly = whyReadOnly !== null;
  const canvas = useRef<FlowCanvasHandle>(null);
  const textPane = useRef<LinedTextHandle>(null);
  const kept = useRef<{ document: unknown }>({ document: null });
  const finder = useRef<HTMLInputElement>(null);
  const [view, setView] = useState<"graph" | "text">("graph");
  const [selection, setSelection] = useState<ReadonlySet<string>>(
    () => new Set(openTask === null ? [] : [openTask]),
  );
  const [dialog, setDialog] = useState<"activate" | "discard" | null>(null);
  const draft = useDraftText(place, stored, isReadOnly);
  const { text } = draft.state.history;
  const reading = useReading(place, text, kept.current);
  const tasks = useMemo(() => looseTasks(reading.document), [reading.document]);
  const places = usePlaces(reading.document, tasks);
  const flow = useMemo(
    () => prepareFlow(reading.document, places === null ? [] : tasks, places ?? NOWHERE, reading.problems),
    [reading.document, tasks, places, reading.problems],
  );
  const presence = usePresence({ ...place, selectedTask: openTask });
  const select = useCallback(
    (ids: ReadonlySet<string>) => {
      setSelection(ids);
      const [only] = ids;
      onTask(ids.size === 1 && only !== undefined && tasks.some(({ id }) => id === only) ? only : null);
    },
    [onTask, tasks],
  );
  const acts = useBuilderActs({ draft, tasks, flow, selection, canvas });

  const { state } = draft;
  useOthersSaves(place, presence.revision, draft);
  const latestSelect = useRef(select);
  latestSelect.current = select;
  // What an act made is selected, so that the next act is about it.
  useEffect(() => {
    const [first] = state.made;
    if (first === undefined) return;
    latestSelect.current(new Set(state.made));
    canvas.current?.show(first);
  }, [state.made]);
  useEffect(() => {
    if (state.refused !== null)
      void toastFailure({ code: "invalid_input", message: state.refused.message, hint: null });
  }, [state.refused]);

  const release = useRelease(place, draft, (act) => {
    setDialog(null);
    // What was selected may have gone with the draft.
    if (act === "discarded") select(new Set());
  });

  const lineOf = useMemo(() => pointerLines(text), [text]);
  const showProblem = ({ taskId }: Problem, line: number | null) => {
    if (line !== null) textPane.current?.goTo(line);
    else if (taskId !== null) canvas.current?.focus(taskId);
    else setView("text");
  };
  const goToTask = (id: string) => {
    select(new Set([id]));
    const line = view === "text" ? lineOf(pointerOf(reading.document, id)) : null;
    if (line === null) canvas.current?.focus(id);
    else textPane.current?.goTo(line);
  };
  const goTo = (problem: Problem) => {
    if (problem.taskId !== null) select(new Set([problem.taskId]));
    showProblem(problem, view === "text" ? lineOf(problem.pointer) : null);
  };
  const fix = ({ fix: mending }: Problem) => mending !== undefined && acts.mend(reading.document, mending);
  useNextProblem(reading.problems, goTo);

  const errors = reading.problems.filter(({ severity }) => severity === "error");
  const wrong = useMemo(() => {
    const places = view === "text" ? reading.problems : [];
    return new Set(places.flatMap(({ pointer }) => lineOf(pointer) ?? []));
  }, [view, reading.problems, lineOf]);
  const isSaved = text === state.saved;
  const hasDraft = !isSaved || props.draft !== null || activeVersion === null;
  const selected = tasks.findIndex(({ id }) => id === openTask);
  const task = tasks[selected];
  const savedBy = isSaved ? otherAuthor(props.draft, props.myName) : null;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <BuilderBar
        canRedo={state.history.future !== null}
        canUndo={state.history.past !== null}
        onActivate={() => setDialog("activate")}
        find={<FindTask from={openTask} onFound={goToTask} ref={finder} tasks={tasks} />}
        onAlign={acts.align}
        onComment={acts.comment}
        onDiscard={() => setDialog("discard")}
        onGroup={acts.group}
        onLayOut={acts.layOut}
        onRedo={draft.redo}
        onUndo={draft.undo}
        onView={setView}
        others={presence.others}
        saving={savingWords(draft.failure?.message ?? null, isSaved, hasDraft, activeVersion)}
        selected={acts.chosen.length}
        view={view}
        whyNotActivate={whyReadOnly ?? whyNotActivate(hasDraft, reading.mistake !== null, errors)}
        whyNotDiscard={
          whyReadOnly ?? (hasDraft && activeVersion !== null ? null : "There is no draft beside a version.")
        }
        whyReadOnly={whyReadOnly}
      />
      {state.conflicts !== null && <ConflictNotice onSettle={draft.settle} places={state.conflicts.places} />}
      {draft.failure !== null && (
        <FailurePanel
          actions={<Button onClick={() => void draft.saveNow()}>Save again</Button>}
          failure={draft.failure}
          stillTrue="What you drew is still here, and not saved yet."
        />
      )}
      <div className="grid min-h-0 flex-1 grid-cols-[200px_minmax(0,1fr)_340px] gap-px bg-line-2">
        <Palette onAdd={acts.add} whyReadOnly={whyReadOnly} />
        <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] gap-px bg-line-2">
          {view === "graph" ? (
            <div className="relative min-h-0 min-w-0 bg-bg">
              <EmptyHint isEmpty={tasks.length === 0} isReadOnly={isReadOnly} />
              <FlowCanvas
                {...flow}
                label={`Graph of ${pipelineId}`}
                onOpen={(id) => onTask(id)}
                onSearch={() => finder.current?.focus()}
                onSelect={select}
                readOnly={isReadOnly}
                ref={canvas}
                selection={selection}
                {...(isReadOnly ? {} : acts.canvas)}
                onCopy={acts.copy}
              />
            </div>
          ) : (
            <TextPane
              isReadOnly={isReadOnly}
              label={`Text of ${pipelineId}`}
              mistake={
                reading.mistake === null ? null : `Line ${reading.mistake.line}: ${reading.mistake.message}.`
              }
              onEdits={draft.typeIn}
              onRedo={draft.redo}
              onUndo={draft.undo}
              ref={textPane}
              text={text}
              wrong={wrong}
            />
          )}
          <ProblemList
            lineOf={lineOf}
            onFix={fix}
            onGoTo={goTo}
            problems={reading.problems}
            whyReadOnly={whyReadOnly}
          />
        </div>
        <Inspector
          document={reading.document}
          onChange={draft.perform}
          onClose={() => select(new Set())}
          problems={reading.problems}
          task={task}
          tasks={tasks}
          whyReadOnly={whyReadOnly}
        />
      </div>
      <ActivateDialog
        failure={release.failure}
        isBusy={release.isActivating}
        isOpen={dialog === "activate"}
        nextVersion={(activeVersion ?? 0) + 1}
        onActivate={release.activate}
        onClose={() => setDialog(null)}
        savedBy={savedBy}
      />
      <ConfirmDialog
        actLabel="Discard the draft"
        description={`The draft of ${pipelineId} is lost. Version ${activeVersion} stays as it is.`}
        isBusy={release.isDiscarding}
        isOpen={dialog === "discard"}
        name={pipelineId}
        onClose={() => setDialog(null)}
        onConfirm={release.discard}
        safeLabel="Keep it"
        title="Discard the draft"
      />
    </div>
  );
}

function EmptyHint({ isEmpty, isReadOnly }: { isEmpty: boolean; isReadOnly: boolean }) {
  if (!isEmpty) return null;
  return (
    <p className="pointer-events-none absolute top-6 left-6 z-10 text-ink-2">
      No task yet.{!isReadOnly && " Drag a type of task here, press one, or paste tasks."}
    </p>
  );
}

const otherAuthor = (draft: BuilderPaneProps["draft"], me: string | null): string | null =>
  draft === null || draft.by === me ? null : draft.by;
