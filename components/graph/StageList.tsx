"use client";

import { classNames } from "@/components/ui/class-names";
import { StageFace } from "./StageFace";
import type { Stage } from "./stage";
import { stageOrder } from "./stage-order";

export type StageListProps = { stages: Stage[]; selected: string | null; onSelect: (id: string) => void };

/** The same graph as a list, in the order of the run. */
export function StageList({ stages, selected, onSelect }: StageListProps) {
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  return (
    <ol className="flex flex-col">
      {stageOrder(stages).map((id) => {
        const stage = byId.get(id);
        if (stage === undefined) return null;
        return (
          <li className="border-line border-b" key={id}>
            <button
              aria-pressed={id === selected}
              className={classNames(
                "block w-full px-3 py-2 text-left hover:bg-hover",
                id === selected && "bg-select shadow-[inset_3px_0_0_var(--accent)]",
              )}
              onClick={() => onSelect(id)}
              type="button"
            >
              <StageFace stage={stage} />
              <span className="block pl-[21px] text-12 text-ink-2">
                {stage.dependsOn.length > 0 ? `after ${stage.dependsOn.join(", ")}` : "starts first"}
                {stage.writes.length > 0 && `; writes ${stage.writes.map((one) => one.name).join(", ")}`}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
