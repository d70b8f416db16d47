"use client";

import type { Node, NodeProps } from "@xyflow/react";
import { ChevronDown } from "lucide-react";
import { memo, useContext } from "react";
import { classNames } from "@/components/ui/class-names";
import { FaceActs } from "./face-acts";
import type { FaceData } from "./face-data";
import { useFaceFocus } from "./useFaceFocus";

/** The frame around the members of an expanded group; its title collapses it, and drags all of them. */
export const FrameFace = memo(function FrameFace({ data }: NodeProps<Node<FaceData>>) {
  const { item, isSelected, isTabStop, spoken } = data;
  const { toggleGroup } = useContext(FaceActs);
  const button = useFaceFocus(item.id, isTabStop);
  if (item.kind !== "frame") return null;
  return (
    <div
      className={classNames(
        "pointer-events-none rounded-3 border border-ctl border-dashed",
        isSelected && "outline-2 outline-accent outline-offset-1",
      )}
      style={{ width: item.box.width, height: item.box.height }}
    >
      <div className="pointer-events-auto inline-flex h-[26px] items-center gap-1 pl-1">
        {toggleGroup !== undefined && (
          <button
            aria-label={`Collapse ${item.group.label}`}
            className="nodrag inline-flex size-5 items-center justify-center rounded-2 text-ink-2 hover:bg-hover"
            onClick={() => toggleGroup(item.id)}
            tabIndex={-1}
            type="button"
          >
            <ChevronDown aria-hidden="true" size={13} />
          </button>
        )}
        <button
          aria-label={spoken}
          aria-pressed={isSelected}
          className="rounded-2 bg-bg px-1 font-strong text-12 text-ink-2"
          data-flow-item={item.id}
          ref={button}
          tabIndex={isTabStop ? 0 : -1}
          type="button"
        >
          {item.group.label}
        </button>
      </div>
    </div>
  );
});
