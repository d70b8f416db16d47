import type { Figure } from "./prepare-figures";

/** The figures at the head of a sync, in tiles that share their lines. */
export function SyncFigures({ figures }: { figures: Figure[] }) {
  return (
    <dl className="grid shrink-0 @min-[560px]:grid-cols-5 grid-cols-2 border-line-2 border-b">
      {figures.map(({ key, value, unit, note }) => (
        <div className="min-w-0 border-line border-r px-3 py-1.5 last:border-r-0" key={key}>
          <dt className="sr-only">{unit || key}</dt>
          <dd>
            <span className="@min-[700px]:text-19 block truncate font-semibold text-15">
              {value}{" "}
              {unit && <span className="@min-[700px]:text-13 font-normal text-12 text-ink-2">{unit}</span>}
            </span>
            <span className="block truncate text-12 text-ink-2" title={note}>
              {note}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
