"use client";

import { type ReactNode, useState } from "react";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { formatCount } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { Tag } from "@/components/ui/Tag";
import type { SyncMode } from "@/domain/sources/sync-view";
import type { ChoiceRow, StreamEdit } from "./prepare-choice";

export type StreamChooserProps = {
  rows: ChoiceRow[];
  isReadOnly: boolean;
  onEdit: (row: ChoiceRow, edit: StreamEdit) => void;
  onChooseAll: (rows: ChoiceRow[], isChosen: boolean) => void;
};

const CELL = "border-line border-b px-2 py-1 align-top";
const SELECT = `${CONTROL_CLASS} text-12`;
const MODES: Record<SyncMode, string> = { full_refresh: "full refresh", incremental: "incremental" };

/** The streams of a source: which are synced, how, by which cursor and key. */
export function StreamChooser({ rows, isReadOnly, onEdit, onChooseAll }: StreamChooserProps) {
  const [find, setFind] = useState("");
  const shown = rows.filter((row) =>
    `${row.namespace ?? ""}.${row.name}`.toLowerCase().includes(find.toLowerCase()),
  );
  const chosen = rows.filter(({ isChosen }) => isChosen).length;
  const areAllShownChosen = shown.length > 0 && shown.every(({ isChosen }) => isChosen);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-3 border-line border-b px-3 py-1.5 text-12">
        <input
          aria-label="Find streams"
          className={`${CONTROL_CLASS} !w-48`}
          onChange={(event) => setFind(event.target.value)}
          placeholder="Find streams"
          type="search"
          value={find}
        />
        <span className="text-ink-2">
          {chosen} of {formatCount(rows.length, "stream")} chosen
        </span>
      </div>
      <div className="min-h-0 flex-1 overflow-auto">
        <table className="w-full min-w-[620px] table-fixed text-left">
          <colgroup>
            <col className="w-9" />
            <col />
            <col className="w-[130px]" />
            <col className="w-[168px]" />
            <col className="w-[150px]" />
          </colgroup>
          <thead className="sticky top-0 z-10 bg-panel text-12 text-ink-2">
            <tr>
              <th className="border-line-2 border-b px-2 py-1 text-center" scope="col">
                <input
                  aria-label={find === "" ? "Choose every stream" : "Choose every stream found"}
                  checked={areAllShownChosen}
                  disabled={isReadOnly || shown.length === 0}
                  onChange={(event) => onChooseAll(shown, event.target.checked)}
                  type="checkbox"
                />
              </th>
              {["Stream", "Sync mode", "Cursor", "Primary key"].map((head) => (
                <th className="border-line-2 border-b px-2 py-1 font-medium" key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <ChoiceLine isReadOnly={isReadOnly} key={row.key} onEdit={onEdit} row={row} />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && (
          <p className="p-3 text-ink-2">
            {find === "" ? "The source has no stream." : "No stream has this name."}
          </p>
        )}
      </div>
    </div>
  );
}

type ChoiceLineProps = { row: ChoiceRow; isReadOnly: boolean; onEdit: StreamChooserProps["onEdit"] };

function ChoiceLine({ row, isReadOnly, onEdit }: ChoiceLineProps) {
  const isOff = isReadOnly || !row.isChosen;
  return (
    <tr
      className={row.isChosen ? "" : "text-ink-2"}
      style={{ contentVisibility: "auto", containIntrinsicSize: "auto 36px" }}
    >
      <td className={`${CELL} pt-2 text-center`}>
        <input
          aria-label={`Sync ${row.name}`}
          checked={row.isChosen}
          disabled={isReadOnly}
          onChange={(event) => onEdit(row, { kind: "choose", isChosen: event.target.checked })}
          type="checkbox"
        />
      </td>
      <th className={`${CELL} font-normal`} scope="row">
        <span className="block truncate font-mono text-12 text-ink" title={row.name}>
          {row.name}
        </span>
        <span className="block truncate text-12 text-ink-2">
          {[row.namespace, row.columnCount > 0 ? formatCount(row.columnCount, "column") : null]
            .filter(Boolean)
            .join(", ")}
        </span>
        {row.problem !== null && (
          <span className="flex gap-1 text-12 text-err">
            <StateGlyph className="h-4" size={11} state="failed" word="none" />
            {row.problem}
          </span>
        )}
      </th>
      <td className={CELL}>
        <select
          aria-label={`Sync mode of ${row.name}`}
          className={SELECT}
          disabled={isOff || row.modes.length < 2}
          onChange={(event) => onEdit(row, { kind: "mode", mode: event.target.value as SyncMode })}
          value={row.syncMode}
        >
          {[...new Set([...row.modes, row.syncMode])].map((mode) => (
            <option key={mode} value={mode}>
              {MODES[mode]}
            </option>
          ))}
        </select>
      </td>
      <td className={CELL}>
        <CursorCell isOff={isOff} onEdit={onEdit} row={row} />
      </td>
      <td className={CELL}>
        <KeyCell isOff={isOff} onEdit={onEdit} row={row} />
      </td>
    </tr>
  );
}

type CellProps = { row: ChoiceRow; isOff: boolean; onEdit: StreamChooserProps["onEdit"] };

const Quiet = ({ children }: { children: ReactNode }) => (
  <span className="block pt-1 text-12 text-ink-2">{children}</span>
);

function CursorCell({ row, isOff, onEdit }: CellProps) {
  if (row.syncMode === "full_refresh") return <Quiet>none: read whole</Quiet>;
  if (row.hasOwnCursor) return <Quiet>{row.cursor || "kept"} by the source</Quiet>;
  const isKnown = row.columns.some(({ name }) => name === row.cursor);
  return (
    <select
      aria-invalid={row.problem !== null}
      aria-label={`Cursor of ${row.name}`}
      className={SELECT}
      disabled={isOff}
      onChange={(event) => onEdit(row, { kind: "cursor", column: event.target.value })}
      value={row.cursor}
    >
      {row.cursor === "" && <option value="">Choose</option>}
      {row.cursor !== "" && !isKnown && <option value={row.cursor}>{row.cursor}</option>}
      {row.columns.map(({ name, type }) => (
        <option key={name} value={name}>
          {name} ({type})
        </option>
      ))}
    </select>
  );
}

function KeyCell({ row, isOff, onEdit }: CellProps) {
  const set = (columns: string[]) => onEdit(row, { kind: "key", columns });
  const left = row.columns.filter(({ name }) => !row.primaryKey.includes(name));
  return (
    <div className="flex flex-wrap items-center gap-1">
      {row.primaryKey.map((column) =>
        isOff ? (
          <Tag key={column} kind="strong">
            {column}
          </Tag>
        ) : (
          <button
            aria-label={`Take ${column} out of the key of ${row.name}`}
            className="rounded-1 border border-ctl px-1 font-semibold text-11 hover:bg-hover"
            key={column}
            onClick={() => set(row.primaryKey.filter((one) => one !== column))}
            title="Take it out of the key"
            type="button"
          >
            {column} ×
          </button>
        ),
      )}
      {!isOff && left.length > 0 && (
        <select
          aria-label={`Add to the key of ${row.name}`}
          className={`${SELECT} !w-auto max-w-28`}
          onChange={(event) => event.target.value !== "" && set([...row.primaryKey, event.target.value])}
          value=""
        >
          <option value="">{row.primaryKey.length === 0 ? "none" : "add"}</option>
          {left.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
      {isOff && row.primaryKey.length === 0 && <Quiet>none</Quiet>}
    </div>
  );
}
