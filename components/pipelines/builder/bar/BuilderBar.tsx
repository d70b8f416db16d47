"use client";

import {
  AlignHorizontalJustifyCenter,
  BoxSelect,
  Braces,
  MessageSquare,
  Redo2,
  Undo2,
  Workflow,
} from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/Button";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { Tag } from "@/components/ui/Tag";
import type { OtherAuthor } from "../state/usePresence";

export type BuilderBarProps = {
  /** What the draft stands at: `saved`, `saving`, or why not. */
  saving: { state: "saved" | "saving" | "failed"; words: string };
  others: readonly OtherAuthor[];
  view: "graph" | "text";
  canUndo: boolean;
  canRedo: boolean;
  /** How many tasks are selected. */
  selected: number;
  /** The field that finds a task. */
  find: ReactNode;
  whyReadOnly: string | null;
  whyNotActivate: string | null;
  whyNotDiscard: string | null;
  onView: (view: "graph" | "text") => void;
  onUndo: () => void;
  onRedo: () => void;
  onLayOut: () => void;
  onGroup: () => void;
  onAlign: () => void;
  onComment: () => void;
  onDiscard: () => void;
  onActivate: () => void;
};

/** What can be done with the draft as a whole. */
export function BuilderBar(props: BuilderBarProps) {
  const { saving, others, view, whyReadOnly, selected } = props;
  const whyNotMany = whyReadOnly ?? (selected < 2 ? "Select two tasks or more, with Shift." : null);
  return (
    <div
      aria-label="Draft"
      className="flex min-h-[34px] shrink-0 flex-wrap items-center gap-2 border-line border-b bg-panel px-3 py-1"
      role="toolbar"
    >
      <Button
        aria-label="Undo"
        disabledReason={whyReadOnly ?? (props.canUndo ? null : "Nothing is left to undo.")}
        icon={<Undo2 aria-hidden="true" size={13} />}
        kind="quiet"
        onClick={props.onUndo}
        title="Undo (Ctrl Z)"
      />
      <Button
        aria-label="Redo"
        disabledReason={whyReadOnly ?? (props.canRedo ? null : "Nothing is left to redo.")}
        icon={<Redo2 aria-hidden="true" size={13} />}
        kind="quiet"
        onClick={props.onRedo}
        title="Redo (Ctrl Shift Z)"
      />
      <Button
        disabledReason={whyReadOnly}
        icon={<Workflow aria-hidden="true" size={13} />}
        kind="quiet"
        onClick={props.onLayOut}
      >
        Lay out
      </Button>
      <Button
        disabledReason={whyNotMany}
        icon={<AlignHorizontalJustifyCenter aria-hidden="true" size={13} />}
        kind="quiet"
        onClick={props.onAlign}
      >
        Align
      </Button>
      <Button
        disabledReason={whyNotMany}
        icon={<BoxSelect aria-hidden="true" size={13} />}
        kind="quiet"
        onClick={props.onGroup}
      >
        Group
      </Button>
      <Button
        disabledReason={whyReadOnly}
        icon={<MessageSquare aria-hidden="true" size={13} />}
        kind="quiet"
        onClick={props.onComment}
      >
        Comment
      </Button>
      <Button
        aria-pressed={view === "text"}
        icon={<Braces aria-hidden="true" size={13} />}
        kind="quiet"
        onClick={() => props.onView(view === "text" ? "graph" : "text")}
      >
        Text
      </Button>
      {props.find}
      <span className="text-12 text-ink-2" role="status">
        <StateGlyph
          label={saving.words}
          state={saving.state === "failed" ? "failed" : saving.state === "saving" ? "running" : "succeeded"}
        />
      </span>
      {others.length > 0 && (
        <span className="text-12">
          <Tag kind="warn">also here: {[...new Set(others.map(({ name }) => name))].join(", ")}</Tag>
        </span>
      )}
      <span className="ml-auto flex items-center gap-2">
        <Button disabledReason={props.whyNotDiscard} kind="quiet" onClick={props.onDiscard}>
          Discard draft
        </Button>
        <Button disabledReason={props.whyNotActivate} onClick={props.onActivate}>
          Activate
        </Button>
      </span>
    </div>
  );
}
