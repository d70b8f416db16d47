"use client";

import { Maximize, Minus, Plus } from "lucide-react";
import type { ReactNode } from "react";

export type ZoomControlsProps = { onIn: () => void; onOut: () => void; onFit: () => void };

/** Scale by the pointer; the keys are +, − and 0. */
export function ZoomControls({ onIn, onOut, onFit }: ZoomControlsProps) {
  return (
    <div className="absolute right-2 bottom-2 z-5 flex flex-col gap-1">
      <Control label="Zoom out" onClick={onOut}>
        <Minus aria-hidden="true" size={13} />
      </Control>
      <Control label="Zoom in" onClick={onIn}>
        <Plus aria-hidden="true" size={13} />
      </Control>
      <Control label="Show all of it" onClick={onFit}>
        <Maximize aria-hidden="true" size={13} />
      </Control>
    </div>
  );
}

function Control({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button
      aria-label={label}
      className="inline-flex size-[26px] items-center justify-center rounded-2 border border-ctl bg-raised text-ink hover:bg-hover"
      onClick={onClick}
      tabIndex={-1}
      title={label}
      type="button"
    >
      {children}
    </button>
  );
}
