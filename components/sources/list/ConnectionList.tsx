"use client";

import { Plus, Search } from "lucide-react";
import Link from "next/link";
import { type KeyboardEvent, useRef } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { classNames } from "@/components/ui/class-names";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { ConnectionGroup, ConnectionRow } from "./prepare-connections";

export type ConnectionListProps = {
  /** Null while the list loads. */
  groups: ConnectionGroup[] | null;
  total: number;
  selected: string | null;
  filter: string;
  onFilter: (filter: string) => void;
  hrefOf: (name: string) => string;
  /** Null where this person may not add one. */
  addHref: string | null;
  isAdding: boolean;
  drafts: ReadonlySet<string>;
};

const PLACEHOLDERS = ["one", "two", "three"];

/** The connections, what needs a person first. Arrow keys move between them. */
export function ConnectionList(props: ConnectionListProps) {
  const { groups, total, selected, filter, onFilter, hrefOf, addHref, isAdding, drafts } = props;
  const list = useRef<HTMLDivElement>(null);
  const shown = groups?.reduce((sum, { rows }) => sum + rows.length, 0) ?? 0;
  const onKeyDown = (event: KeyboardEvent) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("a[data-connection]") ?? [])];
    const here = links.indexOf(document.activeElement as HTMLElement);
    const target = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: links.length - 1 }[event.key];
    if (target === undefined || (event.target instanceof HTMLInputElement && event.key !== "ArrowDown"))
      return;
    event.preventDefault();
    links[Math.max(0, Math.min(target, links.length - 1))]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the links inside, which have the role
    <div className="flex h-full min-h-0 flex-col bg-sunken" onKeyDown={onKeyDown}>
      <label className="m-2 flex h-[26px] shrink-0 items-center gap-1.5 rounded-2 border border-ctl bg-raised px-2 text-ink-3">
        <Search aria-hidden="true" size={13} />
        <input
          aria-label="Filter connections"
          className="min-w-0 flex-1 bg-transparent text-13 text-ink outline-none"
          onChange={(event) => onFilter(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && onFilter("")}
          placeholder="Filter connections"
          type="search"
          value={filter}
        />
      </label>
      <div className="min-h-0 flex-1 overflow-y-auto" ref={list}>
        {groups === null &&
          PLACEHOLDERS.map((key) => (
            <div className="border-line border-b px-2.5 py-2.5" key={key}>
              <span className="block h-4 w-3/5 bg-line" />
            </div>
          ))}
        {groups?.length === 0 && (
          <p className="px-3 py-2 text-12 text-ink-2">
            {total === 0 ? "No connection yet." : "No connection fits the filter."}
          </p>
        )}
        {groups?.map((group) => (
          <section aria-label={group.title} key={group.key}>
            <h2 className="border-line border-b px-2.5 pt-2 pb-1 font-semibold text-12 text-ink-2">
              {group.title}
            </h2>
            <ul>
              {group.rows.map((row) => (
                <li key={row.name}>
                  <ConnectionLine
                    hasDraft={drafts.has(row.name)}
                    href={hrefOf(row.name)}
                    isSelected={row.name === selected}
                    row={row}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <div className="flex h-[38px] shrink-0 items-center gap-2 border-line-2 border-t px-2">
        {addHref !== null && (
          <Link aria-current={isAdding ? "page" : undefined} className={buttonClass("plain")} href={addHref}>
            <Plus aria-hidden="true" size={13} />
            Add connection
          </Link>
        )}
        <span className="ml-auto text-12 text-ink-2">{groups === null ? "" : `${shown} of ${total}`}</span>
      </div>
    </div>
  );
}

type ConnectionLineProps = { row: ConnectionRow; href: string; isSelected: boolean; hasDraft: boolean };

function ConnectionLine({ row, href, isSelected, hasDraft }: ConnectionLineProps) {
  return (
    <Link
      aria-current={isSelected ? "page" : undefined}
      className={classNames(
        "grid grid-cols-[13px_minmax(0,1fr)_auto] gap-x-2 border-line border-b px-2.5 py-1.5 no-underline",
        isSelected ? "bg-select shadow-[inset_3px_0_0_var(--accent)]" : "hover:bg-hover",
      )}
      data-connection={row.name}
      href={href}
    >
      <StateGlyph className="mt-[3px] h-3" label={row.stateText} state={row.state} word="spoken" />
      <span className="truncate font-semibold" title={row.name}>
        {row.name}
        {hasDraft && (
          <span className="text-warn" title="Changes that are not saved">
            <span aria-hidden="true"> •</span>
            <span className="sr-only">, changes not saved</span>
          </span>
        )}
      </span>
      <span className="whitespace-nowrap text-right text-12 text-ink-2">{row.fact}</span>
      <span className="col-start-2 truncate text-12 text-ink-2" title={row.about}>
        {row.about}
      </span>
      <span className="whitespace-nowrap text-right text-12 text-ink-2">{row.limit}</span>
    </Link>
  );
}
