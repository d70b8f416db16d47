import type { AskedColumn } from "@/domain/query/ask-again/ask-again";
import type { ResultColumn } from "@/domain/query/result-column";

export type Choice = { value: string; label: string; column: AskedColumn; type: string };

/** The columns that a question may speak of: those of the result, and of the one that it is joined with. */
export function columnChoices(
  result: readonly ResultColumn[],
  other: readonly ResultColumn[] | null,
): Choice[] {
  const of = (place: AskedColumn["of"], columns: readonly ResultColumn[]) =>
    columns.map(({ name, type }, column) => ({
      value: `${place} ${column}`,
      label: place === "other" ? `${name} (other)` : name,
      column: { of: place, column },
      type,
    }));
  return [...of("result", result), ...(other === null ? [] : of("other", other))];
}

export const choiceOf = ({ of, column }: AskedColumn): string => `${of} ${column}`;
