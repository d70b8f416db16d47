import { classNames } from "@/components/ui/class-names";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { Stage } from "./stage";

/** The three lines of a stage, in the graph and in the list. */
export function StageFace({ stage }: { stage: Stage }) {
  return (
    <>
      <span className="flex items-center gap-2">
        {stage.state !== null && <StateGlyph state={stage.reused ? "reused" : stage.state} word="spoken" />}
        <code className="min-w-0 truncate text-13 text-ink">{stage.id}</code>
        <span className="ml-auto shrink-0 text-12 text-ink-2">{stage.kind}</span>
      </span>
      <span
        className={classNames(
          "block truncate text-12",
          stage.state !== null && "pl-[21px]",
          stage.state === "failed" ? "text-err" : "text-ink-2",
        )}
        title={stage.sentence}
      >
        {stage.sentence}
      </span>
      <span className={classNames("block truncate text-12 text-ink-2", stage.state !== null && "pl-[21px]")}>
        {stage.facts}
      </span>
    </>
  );
}
