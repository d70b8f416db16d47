import type { DataSetKind, DataSetRecord } from "@/domain/datasets/data-set-record";

/** Those of a kind (null: any) whose name, title or owner holds the words. */
export function filterDataSets(
  items: DataSetRecord[],
  { kind, words }: { kind: DataSetKind | null; words: string },
): DataSetRecord[] {
  const wanted = words.trim().toLowerCase();
  return items.filter(
    (item) =>
      (kind === null || item.kind === kind) &&
      [item.name, item.title, item.owner ?? ""].some((text) => text.toLowerCase().includes(wanted)),
  );
}
