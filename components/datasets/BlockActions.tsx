"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/Button";

export type BlockActionsProps = {
  /** Counted from 0. */
  place: number;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
};

/** Moves a block of a report or dashboard among the others, or removes it. */
export function BlockActions({ place, isFirst, isLast, onMove, onRemove }: BlockActionsProps) {
  return (
    <>
      <Button
        aria-label={`Move block ${place + 1} up`}
        disabledReason={isFirst ? "It is the first block." : null}
        icon={<ArrowUp aria-hidden="true" size={13} />}
        kind="quiet"
        onClick={() => onMove(-1)}
      />
      <Button
        aria-label={`Move block ${place + 1} down`}
        disabledReason={isLast ? "It is the last block." : null}
        icon={<ArrowDown aria-hidden="true" size={13} />}
        kind="quiet"
        onClick={() => onMove(1)}
      />
      <Button
        aria-label={`Remove block ${place + 1}`}
        icon={<Trash2 aria-hidden="true" size={13} />}
        kind="quiet"
        onClick={onRemove}
      />
    </>
  );
}
