"use client";

import { type ReactNode, useId } from "react";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { ChartAggregate, ChartKind, ChartSpec, TimeBucket } from "@/domain/query/compile/chart-spec";
import { columnKind, isNumber, isTime } from "@/domain/query/compile/column-kind";
import type { ResultColumn } from "@/domain/query/result-column";

export type ChartFormProps = {
  spec: ChartSpec;
  columns: readonly ResultColumn[];
  onSpec: (spec: ChartSpec) => void;
};

const SORTS: [ChartSpec["sort"], string][] = [
  ["none", "as they come"],
  ["x", "by name"],
  ["y_descending", "largest first"],
  ["y_ascending", "smallest first"],
];

/** What is drawn: every change is drawn at once. */
export function ChartForm({ spec, columns, onSpec }: ChartFormProps) {
  const known = columns.map(({ name, type }, column) => ({ column, name, kind: columnKind(type) }));
  const x = known[spec.x];
  const isTimeAxis = x !== undefined && isTime(x.kind);
  const [measure = { column: null, aggregate: "count" as const }] = spec.y;
  const set = (change: Partial<ChartSpec>) => onSpec(ChartSpec.parse({ ...spec, ...change }));
  const measured = measure.column === null ? "rows" : String(measure.column);
  const setColumn = (value: string) => {
    if (value === "rows") return set({ y: [{ column: null, aggregate: "count" }] });
    const column = Number(value);
    const kind = known[column]?.kind ?? "other";
    const isMeasured = isNumber(kind) || kind === "boolean";
    const kept = measure.column === null || measure.aggregate === "count" ? "sum" : measure.aggregate;
    set({ y: [{ column, aggregate: isMeasured ? kept : "count" }] });
  };
  const measuredKind = measure.column === null ? null : known[measure.column]?.kind;
  const canAdd = measuredKind != null && (isNumber(measuredKind) || measuredKind === "boolean");
  return (
    <form
      aria-label="Chart"
      className="flex flex-wrap items-end gap-x-3 gap-y-2 px-3 py-2"
      onSubmit={(event) => event.preventDefault()}
    >
      <Choice label="kind" onChange={(kind) => set({ kind: ChartKind.parse(kind) })} value={spec.kind}>
        {ChartKind.options.map((kind) => (
          <option key={kind}>{kind}</option>
        ))}
      </Choice>
      <Choice
        label="x"
        onChange={(value) => set({ x: Number(value), bucket: "none" })}
        value={String(spec.x)}
      >
        {known
          .filter(({ kind }) => kind !== "nested")
          .map(({ column, name }) => (
            <option key={column} value={column}>
              {name}
            </option>
          ))}
      </Choice>
      {isTimeAxis && (
        <Choice
          label="per"
          onChange={(bucket) => set({ bucket: TimeBucket.parse(bucket) })}
          value={spec.bucket}
        >
          {TimeBucket.options.map((bucket) => (
            <option key={bucket} value={bucket}>
              {bucket === "none" ? "as it is" : bucket}
            </option>
          ))}
        </Choice>
      )}
      <Choice label="y" onChange={setColumn} value={measured}>
        <option value="rows">rows</option>
        {known
          .filter(({ kind }) => kind !== "nested")
          .map(({ column, name }) => (
            <option key={column} value={column}>
              {name}
            </option>
          ))}
      </Choice>
      {measure.column !== null && (
        <Choice
          label="aggregate"
          onChange={(aggregate) => set({ y: [{ ...measure, aggregate: ChartAggregate.parse(aggregate) }] })}
          value={measure.aggregate}
        >
          {ChartAggregate.options
            .filter((aggregate) => canAdd || aggregate === "count")
            .map((aggregate) => (
              <option key={aggregate} value={aggregate}>
                {aggregate === "none" ? "each row" : aggregate}
              </option>
            ))}
        </Choice>
      )}
      <Choice
        label="series"
        onChange={(value) => set({ series: value === "" ? null : Number(value), y: [measure] })}
        value={spec.series === null ? "" : String(spec.series)}
      >
        <option value="">none</option>
        {known
          .filter(({ kind, column }) => kind !== "nested" && column !== spec.x)
          .map(({ column, name }) => (
            <option key={column} value={column}>
              {name}
            </option>
          ))}
      </Choice>
      {!isTimeAxis && x !== undefined && !isNumber(x.kind) && (
        <Choice label="order" onChange={(sort) => set({ sort: sort as ChartSpec["sort"] })} value={spec.sort}>
          {SORTS.map(([sort, words]) => (
            <option key={sort} value={sort}>
              {words}
            </option>
          ))}
        </Choice>
      )}
    </form>
  );
}

type ChoiceProps = { label: string; value: string; onChange: (value: string) => void; children: ReactNode };

function Choice({ label, value, onChange, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label className="block font-mono text-11 text-ink-2" htmlFor={id}>
        {label}
      </label>
      <select
        className={`${CONTROL_CLASS} max-w-48`}
        id={id}
        onChange={(event) => onChange(event.target.value)}
        value={value}
      >
        {children}
      </select>
    </div>
  );
}
