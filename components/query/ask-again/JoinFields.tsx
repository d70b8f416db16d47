"use client";

import { CONTROL_CLASS } from "@/components/ui/Field";
import type { AskAgain } from "@/domain/query/ask-again/ask-again";
import type { ResultSource } from "../results/result-source";
import { ColumnSelect } from "./ColumnSelect";
import { columnChoices } from "./column-choice";

/** Another finished result of this page, by what its tab says. */
export type OtherResult = { label: string; source: ResultSource };

export type JoinFieldsProps = {
  ask: AskAgain;
  result: ResultSource;
  others: readonly OtherResult[];
  other: OtherResult | null;
  onChange: (ask: AskAgain, other: OtherResult | null) => void;
};

const KINDS = ["inner", "left", "full"] as const;
const WORDS = { inner: "rows of both", left: "all rows of this one", full: "all rows of either" };

/** With which result, by which columns, and which rows stay. */
export function JoinFields({ ask, result, others, other, onChange }: JoinFieldsProps) {
  const { join } = ask;
  const own = columnChoices(result.columns, null);
  const theirs = other === null ? [] : columnChoices(other.source.columns, null);
  const pair = join?.on[0] ?? { result: 0, other: 0 };
  const change = (fields: Partial<NonNullable<AskAgain["join"]>>) =>
    onChange({ ...ask, join: { kind: "inner", on: [pair], ...join, ...fields } }, other);
  return (
    <fieldset className="m-0 grid grid-cols-2 gap-1 border-0 p-0">
      <legend className="font-semibold text-12.5">Join with</legend>
      <select
        aria-label="Result to join with"
        className={CONTROL_CLASS}
        onChange={(event) => {
          const next = others.find(({ source }) => source.id === event.target.value) ?? null;
          // What spoke of the other result's columns has no meaning with another one.
          onChange(
            {
              join: next === null ? null : { kind: "inner", on: [{ result: 0, other: 0 }] },
              filters: [],
              group: null,
              pivot: null,
            },
            next,
          );
        }}
        value={other?.source.id ?? ""}
      >
        <option value="">no other result</option>
        {others.map(({ label, source }) => (
          <option key={source.id} value={source.id}>
            {label}
          </option>
        ))}
      </select>
      {join !== null && (
        <>
          <select
            aria-label="Rows that stay"
            className={CONTROL_CLASS}
            onChange={(event) =>
              change({ kind: KINDS.find((kind) => kind === event.target.value) ?? "inner" })
            }
            value={join.kind}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {WORDS[kind]}
              </option>
            ))}
          </select>
          <ColumnSelect
            choices={own}
            label="Column of this result"
            none="choose"
            onChange={(column) => column !== null && change({ on: [{ ...pair, result: column.column }] })}
            value={{ of: "result", column: pair.result }}
          />
          <ColumnSelect
            choices={theirs}
            label="Column of the other result"
            none="choose"
            onChange={(column) => column !== null && change({ on: [{ ...pair, other: column.column }] })}
            value={{ of: "result", column: pair.other }}
          />
        </>
      )}
    </fieldset>
  );
}
