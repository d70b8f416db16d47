"use client";

import dynamic from "next/dynamic";
import { memo, type RefObject, useState } from "react";
import { BrowserTablesPanel } from "../browser/tables/BrowserTablesPanel";
import type { BrowserTablesState } from "../browser/useBrowserTables";
import { CatalogPanel } from "../catalog/CatalogPanel";
import type { Draft } from "../drafts/draft";
import type { EditorHandle } from "../editor/editor-types";
import { insertText, peekText } from "./insert-text";
import type { useNames } from "./useNames";

const CatalogDocumentsDialog = dynamic(() =>
  import("../catalog/documents/CatalogDocumentsDialog").then((module) => module.CatalogDocumentsDialog),
);

export type TablesSideProps = {
  workspace: string;
  /** Why this person may not change catalogs; null where they may. */
  whyNoCatalogs: string | null;
  inBrowser: BrowserTablesState;
  dialect: Draft["dialect"];
  handle: RefObject<EditorHandle | null>;
  names: ReturnType<typeof useNames>;
  onOpen: (fields: Pick<Draft, "title" | "text" | "dialect">) => void;
};

/** Tables of the lake and of connected databases, and those that this browser holds. Not drawn anew while statements run. */
export const TablesSide = memo(function TablesSide(props: TablesSideProps) {
  const { workspace, whyNoCatalogs, inBrowser, dialect, handle, names, onOpen } = props;
  const [isChanging, setChanging] = useState(false);
  return (
    <>
      <CatalogPanel
        failure={names.failure}
        isLoading={names.isLoading}
        names={names.names}
        onCatalogs={() => setChanging(true)}
        onInsert={(row) => handle.current?.insert(insertText(row))}
        onPeek={(row) => onOpen({ title: row.label, text: peekText(row), dialect })}
        onRetry={names.refetch}
        whyNoCatalogs={whyNoCatalogs}
      />
      <div className="max-h-[45%] shrink-0 overflow-auto">
        <BrowserTablesPanel onName={(name) => handle.current?.insert(name)} state={inBrowser} />
      </div>
      {isChanging && <CatalogDocumentsDialog onClose={() => setChanging(false)} workspace={workspace} />}
    </>
  );
});
