import { type CsvValue, csvText } from "@/components/grid/csv-text";
import { formatCount, formatNumber } from "@/components/ui/format";
import type { Cell } from "@/domain/ports/rows";
import type { DiffColumn, DiffRow, TableDiff } from "../lake-types";

export const DIFF_SIGNS = { added: "+", removed: "−", changed: "~" } as const;
export type DiffKind = keyof typeof DIFF_SIGNS;

export type KindFilter = { kind: DiffKind | null; label: string; count: number };

/** All and each kind, with how many rows are of it. */
export function kindFilters({ added, removed, changed }: TableDiff["counts"]): KindFilter[] {
  return [
    { kind: null, label: `All ${formatNumber(added + removed + changed)}`, count: added + removed + changed },
    { kind: "changed", label: `~ ${formatNumber(changed)} changed`, count: changed },
    { kind: "removed", label: `− ${formatNumber(removed)} removed`, count: removed },
    { kind: "added", label: `+ ${formatNumber(added)} added`, count: added },
  ];
}

export type DiffHead = { name: string; type: string; note: string | null };

/** A column's name, type, and what happened to it between A and B. */
export function diffHead(column: DiffColumn, key: readonly string[]): DiffHead {
  const name = column.after ?? column.before ?? "";
  const facts = [
    ...(key.includes(name) ? ["key"] : []),
    ...(column.before === null ? ["only in B"] : []),
    ...(column.after === null ? ["only in A"] : []),
    ...(column.before !== null && column.after !== null && column.before !== column.after
      ? [`was ${column.before}`]
      : []),
    ...(column.changed > 0 ? [`${formatNumber(column.changed)} changed`] : []),
  ];
  return { name, type: column.type, note: facts.length === 0 ? null : facts.join(", ") };
}

/** What a cell of a row that differs shows: one value, or A's beside B's. */
export type DiffCell =
  | { kind: "same" | "only-a" | "only-b"; value: Cell }
  | { kind: "both"; a: Cell; b: Cell };

export function diffCell(row: DiffRow, index: number): DiffCell {
  const a = row.before?.[index] ?? null;
  const b = row.after?.[index] ?? null;
  if (row.kind === "removed") return { kind: "only-a", value: a };
  if (row.kind === "added") return { kind: "only-b", value: b };
  return row.changed.includes(index) ? { kind: "both", a, b } : { kind: "same", value: b };
}

/** What the comparison found, in one sentence. */
export function diffSentence({ counts, key }: TableDiff): string {
  const total = counts.added + counts.removed + counts.changed;
  if (total === 0) return "A and B hold the same rows.";
  const by = key.length === 0 ? "compared as whole rows" : `by key ${key.join(", ")}`;
  return `${formatCount(total, "row")} ${total === 1 ? "differs" : "differ"}, ${by}`;
}

/** The rows as CSV: the kind, then of each column A's value and B's. */
export function diffCsv(columns: readonly DiffColumn[], items: readonly DiffRow[]): string {
  const heads = columns.flatMap((column) => {
    const name = column.after ?? column.before ?? "";
    return [`${name} (A)`, `${name} (B)`];
  });
  const value = (cell: Cell | undefined): CsvValue =>
    cell === undefined ? null : typeof cell === "boolean" ? String(cell) : cell;
  const lines = items.map((row): CsvValue[] => [
    row.kind,
    ...columns.flatMap((_, index) => [value(row.before?.[index]), value(row.after?.[index])]),
  ]);
  return csvText(["difference", ...heads], lines);
}
