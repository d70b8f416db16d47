"use client";

import { type KeyboardEvent, useRef } from "react";
import { classNames } from "@/components/ui/class-names";
import { formatShare, NOTHING } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { type StreamAct, type StreamRow, shortCursor } from "./prepare-streams";

export type StreamTableProps = {
  /** Null while the sync loads: the real header over empty rows. */
  rows: StreamRow[] | null;
  selected: string | null;
  onSelect: (key: string) => void;
  onAct: (act: StreamAct, row: StreamRow) => void;
  /** An act that is under way: `cancel/orders`. */
  acting: string | null;
  whyNotAct: string | null;
};

const HEADS: [string, string][] = [
  ["Stream, what needs you first", "text-left"],
  ["Started", "text-right"],
  ["Rows", "text-right"],
  ["MB", "text-right"],
  ["Rows/s", "text-right"],
  ["ETA", "text-right"],
  ["Lag", "text-right"],
  ["Cursor", "text-left"],
];

const ACTS: Record<StreamAct, string> = { cancel: "Cancel", retry: "Retry", refresh: "Refresh" };
const CELL = "border-line border-b px-1.5 py-1 align-middle";
const PLACEHOLDERS = ["one", "two", "three", "four"];

/** The streams of a sync. Arrow keys move between rows; a chosen row shows its log and its error below. */
export function StreamTable({ rows, selected, onSelect, onAct, acting, whyNotAct }: StreamTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const current = rows?.some(({ key }) => key === selected) ? selected : (rows?.[0]?.key ?? null);
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(body.current?.querySelectorAll<HTMLElement>("[data-stream]") ?? [])];
    const here = buttons.indexOf(document.activeElement as HTMLElement);
    const target = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (here < 0 || target === undefined) return;
    event.preventDefault();
    buttons[Math.max(0, Math.min(target, buttons.length - 1))]?.focus();
  };
  return (
    <div className="shrink-0 overflow-x-auto">
      <table className="w-full min-w-[600px] table-fixed text-13">
        <colgroup>
          <col />
          <col className="w-[66px]" />
          <col className="w-[76px]" />
          <col className="w-[52px]" />
          <col className="w-[60px]" />
          <col className="w-[70px]" />
          <col className="w-[70px]" />
          <col className="@min-[720px]:table-column hidden w-[126px]" />
          <col className="w-[62px]" />
        </colgroup>
        <thead className="text-12 text-ink-2">
          <tr>
            {HEADS.map(([head, align], index) => (
              <th
                className={classNames(
                  "border-line-2 border-b px-1.5 py-1 font-medium first:pl-3",
                  align,
                  index === 7 && "@min-[720px]:table-cell hidden",
                )}
                key={head}
                scope="col"
              >
                {head}
              </th>
            ))}
            <th className="border-line-2 border-b" scope="col">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown} ref={body}>
          {rows === null &&
            PLACEHOLDERS.map((key) => (
              <tr key={key}>
                <td className={CELL} colSpan={9}>
                  <span className="my-1.5 block h-4 w-2/3 bg-sunken" />
                </td>
              </tr>
            ))}
          {rows?.map((row) => (
            <StreamLine
              acting={acting}
              isFirst={row.key === current}
              isSelected={row.key === selected}
              key={row.key}
              onAct={onAct}
              onSelect={onSelect}
              row={row}
              whyNotAct={whyNotAct}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type StreamLineProps = Omit<StreamTableProps, "rows" | "selected"> & {
  row: StreamRow;
  isSelected: boolean;
  isFirst: boolean;
};

/** A stream that waits for its next attempt need not wait. */
const wordOf = (act: StreamAct, { status }: StreamRow): string =>
  act === "retry" && status === "retrying" ? "Retry now" : ACTS[act];

const TONES: Partial<Record<StreamRow["status"], string>> = { failed: "text-err", retrying: "text-warn" };

function StreamLine({ row, isSelected, isFirst, onSelect, onAct, acting, whyNotAct }: StreamLineProps) {
  return (
    <tr className={isSelected ? "bg-select shadow-[inset_3px_0_0_var(--accent)]" : "hover:bg-hover"}>
      <th className={`${CELL} pl-3 text-left font-normal`} scope="row">
        <span className="grid grid-cols-[13px_minmax(0,1fr)] items-center gap-x-2">
          <StateGlyph state={row.status} word="none" />
          <button
            aria-pressed={isSelected}
            className="block w-full truncate text-left font-mono text-12 hover:underline"
            data-stream={row.key}
            onClick={() => onSelect(row.key)}
            tabIndex={isFirst ? 0 : -1}
            title={`${row.key}, lands in ${row.table}`}
            type="button"
          >
            {row.name}
          </button>
          <span
            className={classNames("col-start-2 truncate text-12", TONES[row.status] ?? "text-ink-2")}
            title={row.sentence}
          >
            {row.share !== null && <Bar share={row.share} />}
            {row.sentence}
          </span>
        </span>
      </th>
      <Figure text={row.started} />
      <Figure text={row.rows} />
      <Figure text={row.megabytes} />
      <Figure text={row.rate} />
      <Figure text={row.eta} />
      <Figure text={row.lag} />
      <td className={`${CELL} @min-[720px]:table-cell hidden`}>
        <span className="block truncate font-mono text-12" title={row.cursor}>
          {row.cursor === NOTHING ? <em className="font-sans text-ink-3">null</em> : shortCursor(row.cursor)}
        </span>
        <span className="block truncate text-12 text-ink-2">{row.mode}</span>
      </td>
      <td className={`${CELL} pr-3 text-right text-12`}>
        {row.acts.map((act) => (
          <button
            aria-busy={acting === `${act}/${row.key}` || undefined}
            aria-disabled={whyNotAct !== null || undefined}
            aria-label={`${wordOf(act, row)} ${row.key}`}
            className={classNames(
              "block w-full whitespace-nowrap text-right",
              whyNotAct === null ? "link" : "text-ink-3",
            )}
            key={act}
            onClick={() => whyNotAct === null && onAct(act, row)}
            title={whyNotAct ?? undefined}
            type="button"
          >
            {wordOf(act, row)}
          </button>
        ))}
      </td>
    </tr>
  );
}

function Bar({ share }: { share: number }) {
  return (
    <>
      <span aria-hidden="true" className="relative mr-1.5 inline-block h-1.5 w-14 bg-line align-[1px]">
        <span className="absolute inset-y-0 left-0 bg-accent" style={{ width: `${share * 100}%` }} />
      </span>
      {formatShare(share, 0)},{" "}
    </>
  );
}

function Figure({ text }: { text: string }) {
  return (
    <td className={`${CELL} whitespace-nowrap text-right`}>
      {text === NOTHING ? <em className="text-ink-3">null</em> : text}
    </td>
  );
}
