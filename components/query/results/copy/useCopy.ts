"use client";

import { useRef } from "react";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { toastDone, toastFailure } from "@/components/ui/toast";
import type { ColumnLayout } from "../columns/column-layout";
import type { ResultSource } from "../result-source";
import { type Selection, selectedBlock, selectionSize } from "../select/selection";
import { copyBlock } from "./copy-block";
import type { CopyFormat } from "./copy-text";
import { writeClipboard } from "./write-clipboard";

const NO_RECTANGLE = {
  code: "invalid_input",
  message: "These ranges have neither their rows nor their columns in common.",
  hint: "Select one range, whole rows, or the same columns of several rows.",
};

/** Copies what is selected, whether its rows are in view or not; a second copy ends the first. */
export function useCopy(
  source: ResultSource,
  selection: Selection,
  layout: ColumnLayout,
): { copySelection: (format: CopyFormat, hasNames: boolean) => void } {
  const current = useRef<AbortController | null>(null);
  const copySelection = (format: CopyFormat, hasNames: boolean) => {
    const block = selectedBlock(selection);
    if (block === null) {
      if (selection.ranges.length > 0) void toastFailure(NO_RECTANGLE);
      return;
    }
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    const columns = block.columns.map((place) => layout.shown[place] ?? 0);
    const text = copyBlock(source, { rows: block.rows, columns }, format, hasNames, controller.signal);
    const size = selectionSize(selection);
    writeClipboard(text).then(
      () => {
        if (size === null) return;
        void toastDone(`${formatCount(size.rows, "row")} × ${formatCount(size.columns, "column")} copied`);
      },
      (error: unknown) => {
        if (!controller.signal.aborted) void toastFailure(copyFailure(error));
      },
    );
  };
  return { copySelection };
}

const copyFailure = (error: unknown) =>
  error instanceof DOMException && error.name === "NotAllowedError"
    ? {
        code: "forbidden",
        message: "The browser did not let the page write to the clipboard.",
        hint: "Allow it in the settings of this page.",
      }
    : failureOf(error);
