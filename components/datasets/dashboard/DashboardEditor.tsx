"use client";

import { useState } from "react";
import { useUnsavedGuard } from "@/components/editor/useUnsavedGuard";
import { Button } from "@/components/ui/Button";
import type { DashboardContent, DashboardItem } from "@/domain/datasets/dashboard-content";
import type { DataSetTabProps } from "../data-set-types";
import { moved } from "../report/moved";
import { SaveBar } from "../report/SaveBar";
import { useSaving } from "../report/useSaving";
import { DashboardItemFields } from "./DashboardItemFields";

export type DashboardEditorProps = DataSetTabProps & {
  stored: DashboardContent;
  reports: { name: string; title: string }[];
};

type Held = { id: number; item: DashboardItem };
type Draft = { title: string; items: Held[]; nextId: number };

/** Which blocks of which reports a dashboard shows, in their order. */
export function DashboardEditor({ workspace, dataSet, stored, reports, onVersion }: DashboardEditorProps) {
  const [draft, setDraft] = useState<Draft>(() => ({
    title: stored.title,
    items: stored.items.map((item, id) => ({ id, item })),
    nextId: stored.items.length,
  }));
  const [base] = useState(() => Number(dataSet.currentVersion));
  const content: DashboardContent = { title: draft.title, items: draft.items.map(({ item }) => item) };
  const isDirty = JSON.stringify(content) !== JSON.stringify(stored);
  useUnsavedGuard(isDirty);
  const saving = useSaving({ workspace, kind: "dashboard", name: dataSet.name }, onVersion);
  const change = (items: Held[]) => setDraft({ ...draft, items });
  const first = reports[0];
  return (
    <div className="min-h-full bg-panel">
      <SaveBar
        onSave={() => saving.save(content, base)}
        onSaveAnyway={() => saving.save(content, null)}
        onTitle={(title) => setDraft({ ...draft, title })}
        saving={saving}
        title={draft.title}
        whyNot={!isDirty ? "Nothing is changed." : draft.title.trim() === "" ? "Write a title first." : null}
      />
      <ol className="flex flex-col gap-2 p-3">
        {draft.items.map(({ id, item }, place) => (
          <li key={id}>
            <DashboardItemFields
              isFirst={place === 0}
              isLast={place === draft.items.length - 1}
              item={item}
              onChange={(next) =>
                change(draft.items.map((each) => (each.id === id ? { id, item: next } : each)))
              }
              onMove={(by) => change(moved(draft.items, place, by))}
              onRemove={() => change(draft.items.filter((each) => each.id !== id))}
              place={place}
              reports={reports}
              workspace={workspace}
            />
          </li>
        ))}
      </ol>
      <div className="px-3 pb-3">
        <Button
          disabledReason={
            first === undefined ? "Make a report first: a dashboard shows blocks of reports." : null
          }
          onClick={() =>
            first !== undefined &&
            setDraft({
              ...draft,
              items: [...draft.items, { id: draft.nextId, item: { report: first.name, width: "half" } }],
              nextId: draft.nextId + 1,
            })
          }
        >
          Add block
        </Button>
      </div>
    </div>
  );
}
