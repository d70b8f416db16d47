"use client";

import type { RefObject } from "react";
import { BrowserTablesPanel } from "../browser/tables/BrowserTablesPanel";
import type { BrowserTablesState } from "../browser/useBrowserTables";
import { CatalogPanel } from "../catalog/CatalogPanel";
import type { Draft } from "../drafts/draft";
import type { EditorHandle } from "../editor/editor-types";
import { insertText, peekText } from "./insert-text";
import type { useNames } from "./useNames";

export type TablesSideProps = {
  inBrowser: BrowserTablesState;
  draft: Draft;
  handle: RefObject<EditorHandle | null>;
  names: ReturnType<typeof useNames>;
  onOpen: (fields: Pick<Draft, "title" | "text" | "dialect">) => void;
};

/** Tables of the lake and of connected databases, and those that this browser holds. */
export function TablesSide({ inBrowser, draft, handle, names, onOpen }: TablesSideProps) {
  return (
    <>
      <CatalogPanel
        failure={names.failure}
        isLoading={names.isLoading}
        names={names.names}
        onInsert={(row) => handle.current?.insert(insertText(row))}
        onPeek={(row) => onOpen({ title: row.label, text: peekText(row), dialect: draft.dialect })}
        onRetry={names.refetch}
      />
      <div className="max-h-[45%] shrink-0 overflow-auto">
        <BrowserTablesPanel onName={(name) => handle.current?.insert(name)} state={inBrowser} />
      </div>
    </>
  );
}
