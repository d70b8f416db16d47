"use client";

import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { Menu } from "@/components/ui/Menu";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { shortQueryName } from "@/domain/query/saved-query-name";
import type { SavedItem } from "../query-types";
import type { useSaved } from "./useSaved";

export type SavedPanelProps = {
  list: ReturnType<typeof useSaved>["list"];
  /** Of the text that is edited. */
  openName: string | null;
  onOpen: (name: string) => void;
  onVersions: (name: string) => void;
  onRemove: (name: string) => void;
  onCopyLink: (item: SavedItem) => void;
  /** Why nothing may be removed; null where it may. */
  whyNot: string | null;
};

/** The saved queries of the workspace: open, look at versions, link, delete. */
export function SavedPanel({
  list,
  openName,
  onOpen,
  onVersions,
  onRemove,
  onCopyLink,
  whyNot,
}: SavedPanelProps) {
  const [filter, setFilter] = useState("");
  const words = filter.toLowerCase();
  const items = list.data?.filter(
    ({ name, excerpt }) => name.toLowerCase().includes(words) || excerpt.toLowerCase().includes(words),
  );
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {list.isPending && <LoadingBar />}
      <div className="p-2">
        <input
          aria-label="Filter saved queries"
          className={CONTROL_CLASS}
          onChange={(event) => setFilter(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && setFilter("")}
          placeholder="Filter saved queries"
          type="search"
          value={filter}
        />
      </div>
      {list.isError && (
        <FailurePanel
          actions={<Button onClick={() => list.refetch()}>Try again</Button>}
          failure={failureOf(list.error)}
        />
      )}
      {list.data?.length === 0 && (
        <EmptyState title="No query is saved yet.">
          Press Ctrl S in a text: everybody in this workspace then sees it, and each save keeps a version.
        </EmptyState>
      )}
      {items?.length === 0 && list.data !== undefined && list.data.length > 0 && (
        <EmptyState
          action={<Button onClick={() => setFilter("")}>Remove the filter</Button>}
          title={`No saved query holds “${filter}”.`}
        />
      )}
      <ul aria-label="Saved queries" className="min-h-0 flex-1 overflow-auto">
        {items?.map((item) => (
          <li
            className={`flex items-start gap-1 border-line border-b px-2 py-1 ${item.name === openName ? "bg-select" : "hover:bg-hover"}`}
            key={item.name}
          >
            <button
              className="min-w-0 flex-1 text-left"
              onClick={() => onOpen(item.name)}
              title={item.excerpt}
              type="button"
            >
              <span className="block truncate font-semibold text-title">{shortQueryName(item.name)}</span>
              <span className="block text-12 text-ink-2">
                version {item.version}, {item.updatedBy}, <RelativeTime at={item.updatedAt} />
              </span>
            </button>
            <Menu
              items={[
                { kind: "action", key: "versions", label: "Versions", onSelect: () => onVersions(item.name) },
                {
                  kind: "action",
                  key: "link",
                  label: `Copy the link to version ${item.version}`,
                  onSelect: () => onCopyLink(item),
                },
                ...(whyNot === null
                  ? [
                      { kind: "line" as const, key: "line" },
                      {
                        kind: "action" as const,
                        key: "remove",
                        label: "Delete",
                        onSelect: () => onRemove(item.name),
                      },
                    ]
                  : []),
              ]}
              trigger={
                <Button aria-label={`Acts on ${shortQueryName(item.name)}`} kind="quiet">
                  …
                </Button>
              }
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
