import { CONTROL_CLASS, Field, TextField } from "@/components/ui/Field";
import { BackfillWhich } from "@/domain/pipelines/backfill/backfill-view";
import type { BackfillForm } from "./useBackfillForm";

export type BackfillFieldsProps = {
  form: BackfillForm;
  hasSchedule: boolean;
  /** Whether the days make a range. */
  isRange: boolean;
  onChange: (to: Partial<BackfillForm>) => void;
};

const WHICH_LABELS: Record<BackfillWhich, string> = {
  all: "every time of the range",
  missing: "times without a run that succeeded",
  failed: "times whose runs failed",
};

/** Which times of the past, in which order, and how many at a time. */
export function BackfillFields({ form, hasSchedule, isRange, onChange }: BackfillFieldsProps) {
  return (
    <>
      <TextField
        label="from"
        onChange={(event) => onChange({ from: event.target.value })}
        type="date"
        value={form.from}
      />
      <TextField
        error={isRange ? null : "until: choose a day that is not before the first one."}
        help="The last day, as a whole."
        label="until"
        onChange={(event) => onChange({ until: event.target.value })}
        type="date"
        value={form.until}
      />
      <TextField
        help={hasSchedule ? "Empty: the times of the schedule." : "Which times the runs stand for."}
        isMono
        label="cron"
        onChange={(event) => onChange({ cron: event.target.value })}
        placeholder={hasSchedule ? "as scheduled" : "0 2 * * *"}
        spellCheck={false}
        value={form.cron}
      />
      <Field label="which">
        {(control) => (
          <select
            {...control}
            className={CONTROL_CLASS}
            onChange={(event) => onChange({ which: BackfillWhich.parse(event.target.value) })}
            value={form.which}
          >
            {BackfillWhich.options.map((which) => (
              <option key={which} value={which}>
                {WHICH_LABELS[which]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField
        help="The pipeline's own limit, max_active_runs, holds too."
        label="parallel"
        max={100}
        min={1}
        onChange={(event) =>
          onChange({ parallel: Math.max(1, Math.min(100, event.target.valueAsNumber || 1)) })
        }
        type="number"
        value={form.parallel}
      />
      <label className="flex items-center gap-2 py-2">
        <input
          checked={form.newestFirst}
          onChange={(event) => onChange({ newestFirst: event.target.checked })}
          type="checkbox"
        />
        Newest first
      </label>
    </>
  );
}
