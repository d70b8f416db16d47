"use client";

import { BoxSelect, Braces, type LucideIcon, MessageSquare, Redo2, Undo2, Workflow } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/Button";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { Tag } from "@/components/ui/Tag";
import type { Alignment } from "@/domain/pipelines/edit/operation";
import type { OtherAuthor } from "../state/usePresence";
import { AlignMenu } from "./AlignMenu";

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
  onAlign: (how: Alignment) => void;
  onComment: () => void;
  onDiscard: () => void;
  onActivate: () => void;
};

type Act = {
  Icon: LucideIcon;
  label: string;
  /** Stands in for the label: a picture that everybody knows, and its keys. */
  title?: string;
  whyNot: string | null;
  isPressed?: boolean;
  act: () => void;
};

/** What can be done with the draft as a whole. */
export function BuilderBar(props: BuilderBarProps) {
  const { saving, others, view, whyReadOnly, selected, onView } = props;
  const whyNotMany = whyReadOnly ?? (selected < 2 ? "Select two tasks or more, with Shift." : null);
  const whyNotUndo = whyReadOnly ?? (props.canUndo ? null : "Nothing is left to undo.");
  const whyNotRedo = whyReadOnly ?? (props.canRedo ? null : "Nothing is left to redo.");
  const before: Act[] = [
    { label: "Undo", title: "Undo (Ctrl Z)", Icon: Undo2, act: props.onUndo, whyNot: whyNotUndo },
    { label: "Redo", title: "Redo (Ctrl Shift Z)", Icon: Redo2, act: props.onRedo, whyNot: whyNotRedo },
    { label: "Lay out", Icon: Workflow, act: props.onLayOut, whyNot: whyReadOnly },
  ];
  const isText = view === "text";
  const showOther = () => onView(isText ? "graph" : "text");
  const behind: Act[] = [
    { label: "Group", Icon: BoxSelect, act: props.onGroup, whyNot: whyNotMany },
    { label: "Comment", Icon: MessageSquare, act: props.onComment, whyNot: whyReadOnly },
    { label: "Text", Icon: Braces, act: showOther, whyNot: null, isPressed: isText },
  ];
  return (
    <div
      aria-label="Draft"
      className="flex min-h-[34px] shrink-0 flex-wrap items-center gap-2 border-line border-b bg-panel px-3 py-1"
      role="toolbar"
    >
      {before.map(actButton)}
      <AlignMenu onAlign={props.onAlign} selected={selected} whyNot={whyNotMany} />
      {behind.map(actButton)}
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

const actButton = ({ Icon, label, title, whyNot, isPressed, act }: Act) => (
  <Button
    aria-label={title === undefined ? undefined : label}
    aria-pressed={isPressed}
    disabledReason={whyNot}
    icon={<Icon aria-hidden="true" size={13} />}
    key={label}
    kind="quiet"
    onClick={act}
    title={title}
  >
    {title === undefined ? label : null}
  </Button>
);
