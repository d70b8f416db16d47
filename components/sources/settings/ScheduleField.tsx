"use client";

import { Errors } from "@/components/form/FieldRow";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { prepareSchedule } from "./prepare-schedule";

export type ScheduleFieldProps = {
  value: unknown;
  errors: string[];
  isReadOnly: boolean;
  now: Date;
  onChange: (path: string[], value: unknown) => void;
};

type Cron = { expression: string; time_zone: string; missed: string };

const textOf = (value: unknown, name: string): string => {
  const held =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof held === "string" ? held : "";
};

/** Names of zones for the browser's own completion. */
const zones = (): string[] => ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

/** When a connection syncs by itself: the expression, its words and its next five times. */
export function ScheduleField({ value, errors, isReadOnly, now, onChange }: ScheduleFieldProps) {
  const shown = prepareSchedule(value, now);
  const isCron = shown.kind !== "manual";
  const cron: Cron = {
    expression: textOf(value, "expression"),
    time_zone: textOf(value, "time_zone"),
    missed: textOf(value, "missed"),
  };
  const set = (name: keyof Cron) => (text: string) =>
    onChange(["schedule", name], text === "" ? undefined : text);
  return (
    <div className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-3 border-line border-b py-1.5">
      <label className="pt-1 font-mono text-12" htmlFor="schedule-type">
        schedule
      </label>
      <div className="flex min-w-0 flex-col gap-1">
        <select
          aria-describedby="schedule-note"
          className={CONTROL_CLASS}
          disabled={isReadOnly}
          id="schedule-type"
          onChange={(event) =>
            onChange(
              ["schedule"],
              event.target.value === "cron" ? { type: "cron", expression: "0 * * * *" } : { type: "manual" },
            )
          }
          value={isCron ? "cron" : "manual"}
        >
          <option value="manual">By hand, or by a pipeline</option>
          <option value="cron">By the clock</option>
        </select>
        {isCron && (
          <>
            <input
              aria-describedby="schedule-note"
              aria-invalid={shown.kind === "wrong"}
              aria-label="Cron expression"
              className={`${CONTROL_CLASS} font-mono`}
              onChange={(event) => set("expression")(event.target.value)}
              placeholder="0 */6 * * *"
              readOnly={isReadOnly}
              spellCheck={false}
              value={cron.expression}
            />
            <div className="flex gap-1">
              <input
                aria-label="Time zone"
                className={CONTROL_CLASS}
                list="time-zones"
                onChange={(event) => set("time_zone")(event.target.value)}
                placeholder="UTC, the default"
                readOnly={isReadOnly}
                spellCheck={false}
                value={cron.time_zone}
              />
              <datalist id="time-zones">
                {zones().map((zone) => (
                  <option key={zone} value={zone} />
                ))}
              </datalist>
              <select
                aria-label="Missed runs"
                className={CONTROL_CLASS}
                disabled={isReadOnly}
                onChange={(event) => set("missed")(event.target.value)}
                value={cron.missed}
              >
                <option value="">missed: run once, the default</option>
                <option value="run_once">missed: run once</option>
                <option value="skip">missed: skip</option>
              </select>
            </div>
          </>
        )}
        <div className="text-12 text-ink-2" id="schedule-note">
          {shown.kind === "wrong" && <Errors errors={[shown.message]} />}
          {shown.kind !== "wrong" && errors.length > 0 && <Errors errors={errors} />}
          {shown.kind === "cron" && (
            <>
              <p>{shown.words}.</p>
              <ol aria-label="Next runs" className="mt-0.5">
                {shown.next.map((time, index) => (
                  <li key={time}>
                    {index === 0 ? "next " : "then "}
                    {time}
                  </li>
                ))}
              </ol>
              <p className="text-ink-3">in {shown.zone}</p>
            </>
          )}
        </div>
      </div>
    </div>
  );
}
