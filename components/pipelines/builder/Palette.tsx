"use client";

import { GripVertical } from "lucide-react";
import { FLOW_DROP_TYPE } from "@/components/graph/canvas/flow-drop-type";
import { TASK_TYPES } from "@/domain/pipelines/task-types/index";
import type { TaskGroup } from "@/domain/pipelines/task-types/task-type";
import { iconOf } from "./task-icons";

const GROUPS: { group: TaskGroup; label: string }[] = [
  { group: "get_data", label: "Get data" },
  { group: "shape", label: "Shape" },
  { group: "learn", label: "Learn" },
  { group: "release", label: "Release" },
  { group: "control", label: "Control" },
];

export type PaletteProps = {
  whyReadOnly: string | null;
  /** Adds a task of the type behind what is selected, for who does not drag. */
  onAdd: (type: string) => void;
};

/** Every type of task, to be dragged onto the graph or added by a press. */
export function Palette({ whyReadOnly, onAdd }: PaletteProps) {
  return (
    <nav
      aria-label="Types of tasks"
      className="h-full overflow-auto bg-panel px-2 py-2"
      data-pane=""
      tabIndex={-1}
    >
      {GROUPS.map(({ group, label }) => {
        const types = TASK_TYPES.filter((each) => each.group === group);
        if (types.length === 0) return null;
        return (
          <section aria-label={label} className="mb-3" key={group}>
            <h2 className="mb-1 font-semibold text-title">{label}</h2>
            <ul className="flex flex-col gap-1">
              {types.map((type) => {
                const Icon = iconOf(type.type);
                const note = type.unavailable ?? type.summary;
                return (
                  <li key={type.type}>
                    <button
                      aria-disabled={whyReadOnly !== null}
                      aria-label={`Add ${type.label}. ${note}`}
                      className="flex h-[26px] w-full items-center gap-2 rounded-3 border border-line bg-raised px-2 text-left hover:bg-hover aria-disabled:border-dashed aria-disabled:text-ink-3"
                      draggable={whyReadOnly === null}
                      title={whyReadOnly ?? note}
                      onClick={() => whyReadOnly === null && onAdd(type.type)}
                      onDragStart={(event) => {
                        event.dataTransfer.setData(FLOW_DROP_TYPE, type.type);
                        event.dataTransfer.effectAllowed = "copy";
                      }}
                      type="button"
                    >
                      {Icon !== null && <Icon aria-hidden="true" className="shrink-0 text-ink-2" size={13} />}
                      <span className="min-w-0 flex-1 truncate">{type.label}</span>
                      {type.unavailable !== null && <span className="text-11 text-ink-3">draft</span>}
                      <GripVertical aria-hidden="true" className="shrink-0 text-ink-3" size={12} />
                    </button>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}
