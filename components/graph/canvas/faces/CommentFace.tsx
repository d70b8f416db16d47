"use client";

import type { Node, NodeProps } from "@xyflow/react";
import { memo, useContext, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { COMMENT_HEIGHT, COMMENT_WIDTH } from "../scene/node-size";
import { FaceActs } from "./face-acts";
import type { FaceData } from "./face-data";
import { useFaceFocus } from "./useFaceFocus";

/** A note. Enter or a double click writes in it; Ctrl Enter or leaving it keeps the text, Escape does not. */
export const CommentFace = memo(function CommentFace({ data }: NodeProps<Node<FaceData>>) {
  const { item, isSelected, isTabStop, spoken } = data;
  const { setCommentText } = useContext(FaceActs);
  const button = useFaceFocus(item.id, isTabStop);
  const [draft, setDraft] = useState<string | null>(null);
  if (item.kind !== "comment") return null;
  const { id, comment } = item;
  const size = { width: COMMENT_WIDTH, height: COMMENT_HEIGHT };
  const keep = () => {
    if (draft !== null && draft !== comment.text) setCommentText?.(id, draft);
    setDraft(null);
  };
  if (draft !== null) {
    return (
      <textarea
        aria-label="Text of the comment"
        // biome-ignore lint/a11y/noAutofocus: the person just asked to write here
        autoFocus
        className="nodrag nowheel block resize-none rounded-3 border border-accent bg-raised p-2 text-12 text-ink"
        onBlur={keep}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") setDraft(null);
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) keep();
        }}
        style={size}
        value={draft}
      />
    );
  }
  const edit = () => {
    if (setCommentText !== undefined) setDraft(comment.text);
  };
  return (
    <button
      aria-label={spoken}
      aria-pressed={isSelected}
      className={classNames(
        "block overflow-hidden whitespace-pre-wrap rounded-3 border border-line-2 border-l-[3px] border-l-ctl in-data-moving:bg-sunken/99 bg-sunken p-2 text-left align-top text-12 text-ink-2",
        isSelected && "outline-2 outline-accent outline-offset-1",
      )}
      data-flow-item={id}
      ref={button}
      onDoubleClick={edit}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        event.stopPropagation();
        event.preventDefault();
        edit();
      }}
      style={size}
      tabIndex={isTabStop ? 0 : -1}
      type="button"
    >
      {comment.text}
    </button>
  );
});
