"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import type { DiffColumn } from "../lake-types";

export const WHOLE_ROWS = "-";

export type KeyDialogProps = {
  columns: readonly DiffColumn[];
  /** Names of the columns that are the key now; empty for whole rows. */
  current: readonly string[];
  onChoose: (key: string) => void;
  onClose: () => void;
};

/** Chooses the columns that tell the rows of a comparison apart. */
export function KeyDialog({ columns, current, onChoose, onClose }: KeyDialogProps) {
  const [chosen, setChosen] = useState<readonly string[]>(current);
  const both = columns.flatMap(({ before, after }) => (before !== null && after !== null ? [after] : []));
  const toggle = (name: string) =>
    setChosen(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name]);
  return (
    <Dialog
      description="Rows of A and B with equal values in these columns are the same row: it is then changed, not removed and added. Without a key, whole rows are compared."
      isOpen
      onClose={onClose}
      title="Key of the comparison"
    >
      <fieldset className="max-h-[40vh] overflow-auto">
        <legend className="sr-only">Columns of both A and B</legend>
        {both.map((name) => (
          <label className="flex h-7 items-center gap-2 border-line border-b" key={name}>
            <input checked={chosen.includes(name)} onChange={() => toggle(name)} type="checkbox" />
            <code>{name}</code>
          </label>
        ))}
      </fieldset>
      <div className="mt-3 flex justify-end gap-2">
        <Button onClick={onClose}>Keep it as it is</Button>
        <Button
          kind="primary"
          onClick={() =>
            onChoose(
              chosen.length === 0 ? WHOLE_ROWS : both.filter((name) => chosen.includes(name)).join(","),
            )
          }
        >
          {chosen.length === 0 ? "Compare whole rows" : "Compare by this key"}
        </Button>
      </div>
    </Dialog>
  );
}
