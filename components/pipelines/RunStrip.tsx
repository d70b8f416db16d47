import Link from "next/link";
import { STATE_APPEARANCES } from "@/components/ui/prepare-state";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { RunSummary } from "@/domain/pipelines/run-view";
import { shownRunState } from "./watch/shown-run-state";

/** The last runs on a ruler, oldest at the left: a glyph and a tick for each, the newest with its number. */
export function RunStrip({ runs, hrefOf }: { runs: RunSummary[]; hrefOf: (run: RunSummary) => string }) {
  if (runs.length === 0) return <span className="text-ink-3">no runs yet</span>;
  const oldestFirst = [...runs].reverse();
  return (
    <span className="inline-flex items-start">
      {oldestFirst.map((run, index) => (
        <Link
          aria-label={`Run ${run.number}, ${STATE_APPEARANCES[shownRunState(run)].word}`}
          className="flex w-6 flex-col items-center gap-0.5 pt-0.5 hover:bg-hover"
          href={hrefOf(run)}
          key={run.id}
          title={`Run ${run.number}, ${STATE_APPEARANCES[shownRunState(run)].word}`}
        >
          <StateGlyph state={shownRunState(run)} word="none" />
          <span
            aria-hidden="true"
            className={`w-px bg-ctl ${index === oldestFirst.length - 1 || run.number % 5 === 0 ? "h-[7px]" : "h-[3px]"}`}
          />
        </Link>
      ))}
      <span className="ml-1 text-11 text-ink-2">{oldestFirst.at(-1)?.number}</span>
    </span>
  );
}
