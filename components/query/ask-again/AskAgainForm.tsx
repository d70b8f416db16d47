"use client";

import { Button } from "@/components/ui/Button";
import type { Aggregate, AskAgain } from "@/domain/query/ask-again/ask-again";
import { AggregateRow } from "./AggregateRow";
import { ColumnList } from "./ColumnList";
import { ColumnSelect } from "./ColumnSelect";
import type { Choice } from "./column-choice";
import { FilterRows } from "./FilterRows";

const COUNT: Aggregate = { of: "count", column: null };

export type AskAgainFormProps = {
  ask: AskAgain;
  choices: readonly Choice[];
  onChange: (ask: AskAgain) => void;
};

/** What is asked of the result: conditions, then a group or a pivot. */
export function AskAgainForm({ ask, choices, onChange }: AskAgainFormProps) {
  const { group, pivot } = ask;
  const shape = pivot !== null ? "pivot" : group !== null ? "group" : "rows";
  const [first] = choices;
  const setShape = (next: string) => {
    if (next === "group") onChange({ ...ask, pivot: null, group: { by: [], aggregates: [COUNT] } });
    else if (next === "pivot" && first !== undefined) {
      onChange({ ...ask, group: null, pivot: { by: [], column: first.column, value: COUNT } });
    } else onChange({ ...ask, group: null, pivot: null });
  };
  return (
    <div className="flex flex-col gap-3">
      <fieldset className="m-0 border-0 p-0">
        <legend className="font-semibold text-12.5">Conditions</legend>
        <FilterRows
          choices={choices}
          filters={ask.filters}
          onChange={(filters) => onChange({ ...ask, filters })}
        />
      </fieldset>
      <fieldset className="m-0 flex gap-3 border-0 p-0 text-13">
        <legend className="font-semibold text-12.5">Give</legend>
        {(["rows", "group", "pivot"] as const).map((each) => (
          <label className="flex items-center gap-1" key={each}>
            <input checked={shape === each} name="shape" onChange={() => setShape(each)} type="radio" />
            {{ rows: "the rows", group: "groups", pivot: "a pivot" }[each]}
          </label>
        ))}
      </fieldset>
      {group !== null && (
        <fieldset className="m-0 flex flex-col gap-1 border-0 p-0">
          <legend className="font-semibold text-12.5">Group by</legend>
          <ColumnList
            choices={choices}
            columns={group.by}
            label="the group"
            onChange={(by) => onChange({ ...ask, group: { ...group, by } })}
          />
          {group.aggregates.map((aggregate, at) => (
            <AggregateRow
              aggregate={aggregate}
              choices={choices}
              // biome-ignore lint/suspicious/noArrayIndexKey: values are told by their place alone
              key={at}
              label={`value ${at + 1}`}
              onChange={(next) =>
                onChange({
                  ...ask,
                  group: {
                    ...group,
                    aggregates: group.aggregates.map((each, place) => (place === at ? next : each)),
                  },
                })
              }
            >
              <Button
                aria-label={`Remove value ${at + 1}`}
                kind="quiet"
                onClick={() =>
                  onChange({
                    ...ask,
                    group: { ...group, aggregates: group.aggregates.filter((_, place) => place !== at) },
                  })
                }
              >
                ×
              </Button>
            </AggregateRow>
          ))}
          <div>
            <Button
              kind="quiet"
              onClick={() =>
                onChange({ ...ask, group: { ...group, aggregates: [...group.aggregates, COUNT] } })
              }
            >
              Add a value
            </Button>
          </div>
        </fieldset>
      )}
      {pivot !== null && (
        <fieldset className="m-0 flex flex-col gap-1 border-0 p-0">
          <legend className="font-semibold text-12.5">Pivot</legend>
          <ColumnList
            choices={choices}
            columns={pivot.by}
            label="the rows of the pivot"
            onChange={(by) => onChange({ ...ask, pivot: { ...pivot, by } })}
          />
          <ColumnSelect
            choices={choices}
            label="Column whose values become columns"
            none="choose"
            onChange={(column) => column !== null && onChange({ ...ask, pivot: { ...pivot, column } })}
            value={pivot.column}
          />
          <AggregateRow
            aggregate={pivot.value}
            choices={choices}
            label="the cells"
            onChange={(value) => onChange({ ...ask, pivot: { ...pivot, value } })}
          />
        </fieldset>
      )}
    </div>
  );
}
