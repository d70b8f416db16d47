"use client";

import type { Node, NodeProps } from "@xyflow/react";
import { ChevronDown } from "lucide-react";
import { memo, useContext, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { RenameField } from "@/components/ui/RenameField";
import { FaceActs } from "./face-acts";
import type { FaceData } from "./face-data";
import { useFaceFocus } from "./useFaceFocus";

/** The frame around the members of an expanded group; its title drags all of them. F2 or a double click names it. */
export const FrameFace = memo(function FrameFace({ data }: NodeProps<Node<FaceData>>) {
  const { item, isSelected, isTabStop, spoken } = data;
  const { toggleGroup, setGroupLabel } = useContext(FaceActs);
  const button = useFaceFocus(item.id, isTabStop);
  const [isRenaming, setRenaming] = useState(false);
  if (item.kind !== "frame") return null;
  const { id, group } = item;
  const rename = () => setGroupLabel !== undefined && setRenaming(true);
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
            aria-label={`Collapse ${group.label}`}
            className="nodrag inline-flex size-5 items-center justify-center rounded-2 text-ink-2 hover:bg-hover"
            onClick={() => toggleGroup(id)}
            tabIndex={-1}
            type="button"
          >
            <ChevronDown aria-hidden="true" size={13} />
          </button>
        )}
        {!isRenaming ? (
          <button
            aria-label={spoken}
            aria-pressed={isSelected}
            className="rounded-2 in-data-moving:bg-bg/99 bg-bg px-1 font-strong text-12 text-ink-2"
            data-flow-item={id}
            onDoubleClick={rename}
            onKeyDown={(event) => event.key === "F2" && rename()}
            ref={button}
            tabIndex={isTabStop ? 0 : -1}
            type="button"
          >
            {group.label}
          </button>
        ) : (
          <RenameField
            className="nodrag h-[22px] w-[180px] rounded-2 border border-accent bg-raised px-1 text-12 text-ink"
            label="Name of the group"
            name={group.label}
            onDone={(label) => {
              if (label !== null) setGroupLabel?.(id, label);
              setRenaming(false);
            }}
          />
        )}
      </div>
    </div>
  );
});
