import { formatCount } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { SchemaChangeRow } from "./prepare-streams";

/** What changed at the source during a sync, under which policy, and what became of it. Nothing where nothing changed. */
export function SchemaChanges({
  rows,
  policy,
  onChangePolicy,
}: {
  rows: SchemaChangeRow[];
  policy: string;
  onChangePolicy: () => void;
}) {
  if (rows.length === 0) return null;
  return (
    <section
      aria-label="Schema changes"
      className="shrink-0 border-line-2 border-warn border-b border-l-[3px]"
    >
      <div className="flex min-h-7 flex-wrap items-center gap-x-2 bg-warn-wash px-3">
        <StateGlyph state="warning" word="none" />
        <h2 className="font-semibold text-title">
          Schema changed at the source, {formatCount(rows.length, "change")}
        </h2>
        <span className="text-12">
          policy: <b>{policy}</b>
        </span>
        <button className="link ml-auto text-12" onClick={onChangePolicy} type="button">
          Change policy
        </button>
      </div>
      <ul>
        {rows.map((row) => (
          <li
            className="grid grid-cols-[13px_minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1.4fr)] items-center gap-2 border-line border-t px-3 py-1 text-12"
            key={row.key}
          >
            <StateGlyph state={row.isHarmless ? "succeeded" : "blocked"} word="spoken" />
            <code className="truncate" title={`${row.stream}.${row.column}`}>
              {row.stream}.{row.column}
            </code>
            <span className="truncate" title={row.change}>
              {row.change}
            </span>
            <span className="text-ink-2">{row.effect}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
