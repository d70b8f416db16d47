"use client";

import { useState } from "react";
import { useUnsavedGuard } from "@/components/editor/useUnsavedGuard";
import { Button } from "@/components/ui/Button";
import type { ReportBlock, ReportContent } from "@/domain/datasets/report-content";
import type { DataSetTabProps } from "../data-set-types";
import { BlockEditor } from "./BlockEditor";
import { draftProblem } from "./draft-problem";
import { moved } from "./moved";
import { SaveBar } from "./SaveBar";
import { useSaving } from "./useSaving";

export type ReportEditorProps = DataSetTabProps & { stored: ReportContent };

type HeldBlock = { id: number; block: ReportBlock };
type Draft = { title: string; blocks: HeldBlock[]; nextId: number };

const draftOf = ({ title, blocks }: ReportContent): Draft => ({
  title,
  blocks: blocks.map((block, id) => ({ id, block })),
  nextId: blocks.length,
});
const contentOf = ({ title, blocks }: Draft): ReportContent => ({
  title,
  blocks: blocks.map(({ block }) => block),
});

/** The blocks of a report, each changed where it stands. Saving makes a new version; none is ever changed. */
export function ReportEditor({ workspace, dataSet, stored, onVersion }: ReportEditorProps) {
  const [draft, setDraft] = useState(() => draftOf(stored));
  const [base] = useState(() => Number(dataSet.currentVersion));
  const content = contentOf(draft);
  const isDirty = JSON.stringify(content) !== JSON.stringify(stored);
  useUnsavedGuard(isDirty);
  const saving = useSaving({ workspace, kind: "report", name: dataSet.name }, onVersion);
  const change = (blocks: HeldBlock[]) => setDraft({ ...draft, blocks });
  const add = (block: ReportBlock) =>
    setDraft({
      ...draft,
      blocks: [...draft.blocks, { id: draft.nextId, block }],
      nextId: draft.nextId + 1,
    });
  return (
    <div className="min-h-full bg-panel">
      <SaveBar
        onSave={() => saving.save(content, base)}
        onSaveAnyway={() => saving.save(content, null)}
        onTitle={(title) => setDraft({ ...draft, title })}
        saving={saving}
        title={draft.title}
        whyNot={isDirty ? draftProblem(content) : "Nothing is changed."}
      />
      <ol className="flex flex-col gap-3 p-3">
        {draft.blocks.map(({ id, block }, place) => (
          <li key={id}>
            <BlockEditor
              block={block}
              isFirst={place === 0}
              isLast={place === draft.blocks.length - 1}
              onChange={(next) =>
                change(draft.blocks.map((each) => (each.id === id ? { id, block: next } : each)))
              }
              onMove={(by) => change(moved(draft.blocks, place, by))}
              onRemove={() => change(draft.blocks.filter((each) => each.id !== id))}
              place={place}
              workspace={workspace}
            />
          </li>
        ))}
      </ol>
      <div className="flex gap-2 px-3 pb-3">
        <Button onClick={() => add({ type: "text", markdown: "" })}>Add text</Button>
        <Button onClick={() => add({ type: "query", title: "", sql: "" })}>Add query</Button>
      </div>
    </div>
  );
}
