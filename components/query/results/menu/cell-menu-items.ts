import type { MenuItem } from "@/components/ui/MenuList";
import type { ResultFilter } from "@/domain/query/result-view";
import type { CellText } from "../cells/cell-text";
import { COPY_FORMATS, type CopyFormat } from "../copy/copy-text";

export type CellMenuActs = {
  copy: (format: CopyFormat, hasNames: boolean) => void;
  inspect: () => void;
  filter: (filter: ResultFilter) => void;
};

/** Conditions that keep, or leave out, rows with the same value; null where a value cannot be compared. */
export function filtersOfValue(
  column: number,
  value: CellText,
): { keep: ResultFilter; leaveOut: ResultFilter } | null {
  if (value.kind === "null") {
    return { keep: { column, operator: "is_null" }, leaveOut: { column, operator: "is_not_null" } };
  }
  if (value.kind === "binary" || value.kind === "nested" || value.text.length > 1_000) return null;
  return {
    keep: { column, operator: "=", value: value.text },
    leaveOut: { column, operator: "!=", value: value.text },
  };
}

/** What can be done with the selected cells; `value` is the one with the focus, null while it is being read. */
export function cellMenuItems(column: number, value: CellText | null, acts: CellMenuActs): MenuItem[] {
  const filters = value === null ? null : filtersOfValue(column, value);
  return [
    { kind: "action", key: "copy", label: "Copy", hint: "Ctrl C", onSelect: () => acts.copy("tsv", false) },
    ...COPY_FORMATS.map(
      ({ format, label }): MenuItem => ({
        kind: "action",
        key: format,
        label: `Copy with names as ${label}`,
        onSelect: () => acts.copy(format, true),
      }),
    ),
    { kind: "line", key: "line-1" },
    { kind: "action", key: "inspect", label: "Show the whole value", hint: "Enter", onSelect: acts.inspect },
    ...(filters === null
      ? []
      : ([
          { kind: "line", key: "line-2" },
          {
            kind: "action",
            key: "keep",
            label: "Only rows with this value",
            onSelect: () => acts.filter(filters.keep),
          },
          {
            kind: "action",
            key: "leave-out",
            label: "Only rows with other values",
            onSelect: () => acts.filter(filters.leaveOut),
          },
        ] satisfies MenuItem[])),
  ];
}
