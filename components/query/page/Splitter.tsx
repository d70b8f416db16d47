"use client";

import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { classNames } from "@/components/ui/class-names";
import type { PanelSize } from "./usePanelSize";

export type SplitterProps = {
  label: string;
  /** The line between panels: `vertical` stands between left and right. */
  orientation: "vertical" | "horizontal";
  /** Of the panel before the line. */
  panel: PanelSize;
  /** The panel that is sized stands after the line. */
  isAfter?: boolean;
};

const STEP_PX = 16;

/** The line between two panels: dragged, moved by arrows, reset by a double click or by Home. */
export function Splitter({ label, orientation, panel, isAfter = false }: SplitterProps) {
  const from = useRef<{ at: number; size: number } | null>(null);
  const isVertical = orientation === "vertical";
  const along = (event: PointerEvent) => (isVertical ? event.clientX : event.clientY);
  const sign = isAfter ? -1 : 1;
  const press = (event: KeyboardEvent) => {
    const [less, more] = isVertical ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const step = event.key === more ? STEP_PX : event.key === less ? -STEP_PX : 0;
    if (event.key === "Home") panel.reset();
    else if (step !== 0) panel.set(panel.size + sign * step);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      aria-label={label}
      aria-orientation={orientation}
      aria-valuemax={panel.most}
      aria-valuemin={panel.least}
      aria-valuenow={panel.size}
      className={classNames(
        "relative z-20 shrink-0 bg-line-2 hover:bg-accent focus-visible:bg-accent",
        isVertical
          ? "w-px cursor-col-resize before:absolute before:inset-y-0 before:-left-[3px] before:w-[7px]"
          : "h-px cursor-row-resize before:absolute before:inset-x-0 before:-top-[3px] before:h-[7px]",
      )}
      onDoubleClick={panel.reset}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { at: along(event), size: panel.size };
      }}
      onPointerMove={(event) => {
        const start = from.current;
        if (start !== null) panel.set(start.size + sign * (along(event) - start.at));
      }}
      onPointerUp={() => {
        from.current = null;
      }}
      role="separator"
      tabIndex={0}
      title="Double click to reset"
    />
  );
}
