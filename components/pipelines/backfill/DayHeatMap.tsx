import { classNames } from "@/components/ui/class-names";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { DayHeat } from "./prepare-day-heat";

/** Days as a calendar, a week a column; each has the shape of how its runs ended. */
export function DayHeatMap({ heat }: { heat: DayHeat }) {
  if (heat.weeks.length === 0) return null;
  return (
    <figure className="py-2">
      <figcaption className="mb-1 text-12 text-ink-2">
        Past runs by day
        {heat.hiddenWeeks > 0 && `; the last ${heat.weeks.length} weeks of the range`}
      </figcaption>
      <div className="flex gap-px overflow-x-auto">
        {heat.weeks.map((week) => (
          <ol className="flex shrink-0 flex-col gap-px" key={week.key}>
            {week.days.map(({ day, state, label, isInRange }) => (
              <li
                className={classNames(
                  "flex size-[18px] items-center justify-center border",
                  isInRange ? "border-ctl bg-raised" : "border-line bg-sunken opacity-50",
                )}
                key={day}
                title={label}
              >
                {state === null ? (
                  <span className="sr-only">{label}</span>
                ) : (
                  <StateGlyph label={label} size={11} state={state} word="spoken" />
                )}
              </li>
            ))}
          </ol>
        ))}
      </div>
    </figure>
  );
}
