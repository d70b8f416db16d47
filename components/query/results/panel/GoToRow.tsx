"use client";

import { type Ref, useState } from "react";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { readRowNumber } from "./read-row-number";

export type GoToRowProps = { rows: number; onGo: (row: number) => void; ref?: Ref<HTMLInputElement> };

/** A row number to go to; Enter goes. */
export function GoToRow({ rows, onGo, ref }: GoToRowProps) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <form
      className="flex items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        const read = readRowNumber(typed, rows);
        if ("problem" in read) {
          setProblem(read.problem);
          return;
        }
        setProblem(null);
        setTyped("");
        onGo(read.row);
      }}
    >
      <input
        aria-invalid={problem !== null || undefined}
        aria-keyshortcuts="Control+G"
        aria-label="Go to row"
        className={`${CONTROL_CLASS} !w-36`}
        inputMode="numeric"
        onChange={(event) => {
          setTyped(event.target.value);
          setProblem(null);
        }}
        placeholder="Go to row, Ctrl G"
        ref={ref}
        value={typed}
      />
      {problem !== null && (
        <span className="whitespace-nowrap text-12 text-err" role="alert">
          {problem}
        </span>
      )}
    </form>
  );
}
