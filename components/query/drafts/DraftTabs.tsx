"use client";

import { FileText, Plus, X } from "lucide-react";
import { useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { RenameField } from "@/components/ui/RenameField";
import { type Draft, isUnsaved } from "./draft";

export type DraftTabsProps = {
  drafts: Draft[];
  activeId: string;
  onSelect: (id: string) => void;
  onOpen: () => void;
  onClose: (id: string) => void;
  onRename: (id: string, title: string) => void;
};

/** The open texts. A double click, or F2, gives one another name. */
export function DraftTabs({ drafts, activeId, onSelect, onOpen, onClose, onRename }: DraftTabsProps) {
  const [renamed, setRenamed] = useState<string | null>(null);
  return (
    <div className="flex min-w-0 flex-1 items-stretch overflow-x-auto overflow-y-hidden [scrollbar-width:none]">
      <ul aria-label="Texts" className="flex">
        {drafts.map((draft) => (
          <li
            className={classNames(
              "group flex shrink-0 items-center border-line-2 border-r",
              draft.id === activeId ? "bg-panel shadow-[inset_0_2px_0_var(--accent)]" : "hover:bg-hover",
            )}
            key={draft.id}
          >
            {renamed === draft.id ? (
              <RenameField
                className="mx-1 h-[24px] w-[160px] rounded-2 border border-ctl bg-raised px-2 text-13"
                label="Name of the text"
                name={draft.title}
                onDone={(title) => {
                  setRenamed(null);
                  if (title !== null) onRename(draft.id, title);
                }}
              />
            ) : (
              <DraftTab
                draft={draft}
                isActive={draft.id === activeId}
                onClose={onClose}
                onRename={() => setRenamed(draft.id)}
                onSelect={onSelect}
              />
            )}
          </li>
        ))}
      </ul>
      <button
        aria-label="New text"
        className="px-2.5 text-ink-2 hover:bg-hover hover:text-ink focus-visible:outline-offset-[-2px]"
        onClick={onOpen}
        title="New text (Alt N)"
        type="button"
      >
        <Plus aria-hidden="true" size={15} />
      </button>
    </div>
  );
}

type DraftTabProps = Pick<DraftTabsProps, "onSelect" | "onClose"> & {
  draft: Draft;
  isActive: boolean;
  onRename: () => void;
};

function DraftTab({ draft, isActive, onSelect, onClose, onRename }: DraftTabProps) {
  const unsaved = isUnsaved(draft);
  const { saved, title } = draft;
  return (
    <>
      <button
        aria-current={isActive}
        className={classNames(
          "flex h-[33px] max-w-[240px] items-center gap-1.5 whitespace-nowrap pl-3 text-title focus-visible:outline-offset-[-2px]",
          isActive ? "font-semibold text-ink" : "text-ink-2",
        )}
        onAuxClick={() => onClose(draft.id)}
        onClick={() => onSelect(draft.id)}
        onDoubleClick={onRename}
        onKeyDown={(event) => event.key === "F2" && onRename()}
        title={saved === null ? `${title}, kept in this browser` : `${title}, from version ${saved.version}`}
        type="button"
      >
        <FileText aria-hidden="true" className="shrink-0 text-ink-3" size={13} />
        <span className="truncate">{title}</span>
        {saved !== null && <span className="font-normal text-11 text-ink-2">v{saved.version}</span>}
        {unsaved && (
          <span className="text-ink-3" title="Has changes that are not saved">
            <span aria-hidden="true">●</span>
            <span className="sr-only">not saved</span>
          </span>
        )}
      </button>
      <button
        aria-label={`Close ${title}`}
        className="mx-1 rounded-1 p-0.5 text-ink-3 opacity-0 hover:bg-hover hover:text-ink focus-visible:opacity-100 group-hover:opacity-100"
        onClick={() => onClose(draft.id)}
        type="button"
      >
        <X aria-hidden="true" size={12} />
      </button>
    </>
  );
}
