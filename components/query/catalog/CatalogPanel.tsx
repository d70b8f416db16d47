"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS } from "@/components/ui/Field";
import type { ShownFailure } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import type { CompletionNames } from "@/domain/query/completion/completion-names";
import { CatalogTree, type CatalogTreeProps } from "./CatalogTree";
import { groupNames, prepareTree } from "./prepare-tree";

export type CatalogPanelProps = Pick<CatalogTreeProps, "onInsert" | "onPeek"> & {
  names: CompletionNames | null;
  isLoading: boolean;
  failure: ShownFailure | null;
  onRetry: () => void;
  /** Opens the catalogs of Trino; why this person may not is said at the button. */
  onCatalogs: () => void;
  whyNoCatalogs: string | null;
};

/** Every table that statements can name, with a filter over tables and columns. */
export function CatalogPanel(props: CatalogPanelProps) {
  const { names, isLoading, failure, onRetry, onInsert, onPeek, onCatalogs, whyNoCatalogs } = props;
  const [filter, setFilter] = useState("");
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const wanted = useDeferredValue(filter);
  const tree = useMemo(() => (names === null ? [] : groupNames(names)), [names]);
  const rows = useMemo(
    () => (names === null ? [] : prepareTree(tree, names, { filter: wanted, toggled })),
    [tree, names, wanted, toggled],
  );
  const toggle = (id: string) =>
    setToggled((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {isLoading && <LoadingBar />}
      <div className="flex items-center gap-2 p-2">
        <input
          aria-label="Filter tables and columns"
          className={CONTROL_CLASS}
          onChange={(event) => {
            setFilter(event.target.value);
            setToggled(new Set());
          }}
          onKeyDown={(event) => event.key === "Escape" && setFilter("")}
          placeholder="Filter names"
          type="search"
          value={filter}
        />
        <Button disabledReason={whyNoCatalogs} kind="quiet" onClick={onCatalogs}>
          Catalogs
        </Button>
      </div>
      {failure !== null && (
        <FailurePanel
          actions={<Button onClick={onRetry}>Try again</Button>}
          failure={failure}
          {...(names === null ? {} : { stillTrue: "The names below are as they were last read." })}
        />
      )}
      {names !== null && names.tables.length === 0 && (
        <EmptyState title="There is no table yet.">
          Tables of the lake and of connected databases appear here. Files can be opened in the browser.
        </EmptyState>
      )}
      {names !== null && names.tables.length > 0 && rows.length === 0 && (
        <EmptyState
          action={<Button onClick={() => setFilter("")}>Remove the filter</Button>}
          title={`No table or column has “${wanted}” in its name.`}
        />
      )}
      {rows.length > 0 && <CatalogTree onInsert={onInsert} onPeek={onPeek} onToggle={toggle} rows={rows} />}
    </div>
  );
}
