"use client";

import { Download } from "lucide-react";
import { Button } from "@/components/ui/Button";
import { formatBytes, formatCount } from "@/components/ui/format";
import { Menu, type MenuItem } from "@/components/ui/Menu";
import { EXPORT_FORMATS, type ExportFormat, type ResultSource } from "../results/result-source";
import { useResultExtent } from "../results/useResultExtent";
import { type Export, useExport } from "./useExport";

const WORDS: Record<ExportFormat, { label: string; hint: string }> = {
  csv: { label: "CSV", hint: "text" },
  json: { label: "JSON", hint: "an object a line" },
  parquet: { label: "Parquet", hint: "zstd" },
  arrow: { label: "Arrow", hint: "IPC stream" },
};

export type ExportMenuProps = {
  /** The whole result. */
  source: ResultSource;
  /** The rows that are shown; the same as `source` where that is all of them. */
  shown: ResultSource;
  /** Of the file, without its ending. */
  name: string;
};

/** Saves every row of a result, or of the view that is shown, with its progress and a way to stop it. */
export function ExportMenu({ source, shown, name }: ExportMenuProps) {
  const { rows, isComplete } = useResultExtent(source);
  const { rows: shownRows } = useResultExtent(shown);
  const work = useExport();
  const fileName = name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "_").trim() || "result";
  const itemsOf = (of: ResultSource, key: string): MenuItem[] =>
    EXPORT_FORMATS.map((format) => ({
      kind: "action",
      key: `${key}-${format}`,
      label: WORDS[format].label,
      hint: WORDS[format].hint,
      onSelect: () => void work.start(of, format, fileName),
    }));
  const items: MenuItem[] =
    shown === source
      ? [{ kind: "heading", key: "all", label: `All ${formatCount(rows, "row")}` }, ...itemsOf(source, "all")]
      : [
          {
            kind: "heading",
            key: "view",
            label: `${formatCount(shownRows, "row")} of this view, in its order`,
          },
          ...itemsOf(shown, "view"),
          { kind: "line", key: "line" },
          { kind: "heading", key: "all", label: `All ${formatCount(rows, "row")}` },
          ...itemsOf(source, "all"),
        ];
  const trigger = (
    <Button
      disabledReason={isComplete ? null : "Rows are saved once all of them are here."}
      icon={<Download aria-hidden="true" size={14} />}
    >
      Export
    </Button>
  );
  return (
    <span className="flex items-center gap-2 text-12">
      <Progress work={work} />
      {isComplete ? <Menu items={items} trigger={trigger} /> : trigger}
    </span>
  );
}

function Progress({ work: { state, cancel, dismiss } }: { work: Export }) {
  if (state.kind === "idle") return null;
  const label = WORDS[state.format].label;
  if (state.kind === "running") {
    return (
      <>
        <output className="text-ink-2 tabular-nums">
          {label}: {formatBytes(state.bytes)} so far
        </output>
        <Button onClick={cancel}>Cancel export</Button>
      </>
    );
  }
  return (
    <>
      {state.kind === "failed" ? (
        <span className="max-w-96 truncate text-err" role="alert" title={state.failure.message}>
          {label} was not saved: {state.failure.message}
        </span>
      ) : (
        <output className="text-ink-2">
          Saved {state.fileName}
          {state.bytes === null ? "" : `, ${formatBytes(state.bytes)}`}
        </output>
      )}
      <Button onClick={dismiss}>Dismiss</Button>
    </>
  );
}
