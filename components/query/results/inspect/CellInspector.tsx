"use client";

import { Copy, X } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/Button";
import { formatNumber } from "@/components/ui/format";
import { PanelBar } from "@/components/ui/Panel";
import { Tag } from "@/components/ui/Tag";
import { toastDone } from "@/components/ui/toast";
import type { ResultColumn } from "@/domain/query/result-column";
import type { CellText } from "../cells/cell-text";
import { prepareInspection } from "./prepare-inspection";

export type CellInspectorProps = {
  column: ResultColumn;
  row: number;
  /** Null while the row is being read. */
  value: CellText | null;
  onClose: () => void;
};

/** The whole value of the cell with the focus, beside the grid; it follows the focus. */
export function CellInspector({ column, row, value, onClose }: CellInspectorProps) {
  const [hasMarks, setMarks] = useState(false);
  const shown = useMemo(
    () => (value === null ? null : prepareInspection(value, hasMarks)),
    [value, hasMarks],
  );
  return (
    <section
      aria-label={`Value of ${column.name}, row ${formatNumber(row + 1)}`}
      className="flex w-[340px] shrink-0 flex-col border-line-2 border-l bg-panel"
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <PanelBar
        actions={
          <Button
            aria-label="Close"
            icon={<X aria-hidden="true" size={13} />}
            kind="quiet"
            onClick={onClose}
          />
        }
        meta={`row ${formatNumber(row + 1)}`}
      >
        {column.name}
      </PanelBar>
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-3 py-1.5 text-12 text-ink-2">
        <Tag>
          <code>{column.type}</code>
        </Tag>
        {shown?.facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </div>
      {shown === null ? (
        <p className="p-3 text-ink-2">The row is being read.</p>
      ) : (
        <pre
          className={`min-h-0 flex-1 overflow-auto whitespace-pre-wrap p-3 text-12 [overflow-wrap:anywhere] ${value?.kind === "null" ? "text-ink-3 italic" : ""}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
        >
          {shown.shown}
        </pre>
      )}
      {shown?.isCut && (
        <p className="border-line border-t px-3 py-1 text-12 text-warn">
          The value is longer than what is drawn here. Copy takes all of it.
        </p>
      )}
      <div className="flex items-center gap-3 border-line border-t px-3 py-1.5">
        <label className="flex items-center gap-1.5 text-12 text-ink-2">
          <input checked={hasMarks} onChange={(event) => setMarks(event.target.checked)} type="checkbox" />
          Show blanks
        </label>
        <span className="ml-auto">
          <Button
            disabledReason={shown === null ? "The row is being read." : null}
            icon={<Copy aria-hidden="true" size={13} />}
            onClick={() =>
              void navigator.clipboard
                .writeText(shown?.copied ?? "")
                .then(() => toastDone("The value is on the clipboard"))
            }
          >
            Copy value
          </Button>
        </span>
      </div>
    </section>
  );
}
