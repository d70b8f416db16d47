"use client";

import { useId } from "react";
import { CONTROL_CLASS } from "@/components/ui/Field";
import type { ChartSettings, QueryBlock } from "@/domain/datasets/report-content";

export type ChartFieldsProps = {
  block: QueryBlock;
  /** Of the preview, offered as names; a name may be typed without one. */
  columns: { name: string; type: string }[];
  onChange: (block: QueryBlock) => void;
};

type Kind = "none" | ChartSettings["kind"];

/** How the rows of a query are drawn: as they are, as lines or as bars. */
export function ChartFields({ block, columns, onChange }: ChartFieldsProps) {
  const listId = useId();
  const { chart } = block;
  const kind: Kind = chart === undefined || chart.kind === "table" ? "none" : chart.kind;
  const set = (next: ChartSettings | undefined) => {
    const { chart: _chart, ...rest } = block;
    onChange(next === undefined ? rest : { ...rest, chart: next });
  };
  const choose = (next: Kind) => {
    if (next === "none" || next === "table") return set(undefined);
    const [first, second] = columns;
    set({ kind: next, x: chart?.x ?? first?.name ?? "", y: chart?.y ?? (second ? [second.name] : []) });
  };
  return (
    <>
      <label className="text-12 text-ink-2">
        Drawn as
        <select
          className={`${CONTROL_CLASS} mt-0.5 !w-auto block`}
          onChange={(event) => choose(event.target.value as Kind)}
          value={kind}
        >
          <option value="none">table</option>
          <option value="line">lines</option>
          <option value="bar">bars</option>
        </select>
      </label>
      {chart !== undefined && kind !== "none" && (
        <>
          <label className="text-12 text-ink-2">
            Over column
            <input
              className={`${CONTROL_CLASS} mt-0.5 font-mono`}
              list={listId}
              onChange={(event) => set({ ...chart, x: event.target.value })}
              value={chart.x}
            />
          </label>
          <label className="min-w-[24ch] flex-1 text-12 text-ink-2">
            Columns drawn, one a line
            <textarea
              className={`${CONTROL_CLASS} mt-0.5 !h-auto min-h-[26px] py-0.5 font-mono`}
              onChange={(event) => set({ ...chart, y: linesOf(event.target.value) })}
              rows={Math.max(1, chart.y.length)}
              value={chart.y.join("\n")}
            />
          </label>
          <datalist id={listId}>
            {columns.map(({ name, type }) => (
              <option key={name} value={name}>
                {type}
              </option>
            ))}
          </datalist>
        </>
      )}
    </>
  );
}

/** An empty last line stays while it is typed in; a draft without a name in it cannot be saved. */
const linesOf = (text: string): string[] => (text === "" ? [] : text.split("\n"));
