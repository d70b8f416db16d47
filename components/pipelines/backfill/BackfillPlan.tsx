import { formatCount } from "@/components/ui/format";
import type { BackfillPreview } from "@/domain/pipelines/backfill/backfill-view";
import { prepareFires } from "../schedule/prepare-fires";

/** Which runs a back-fill makes, in their order. */
export function BackfillPlan({ plan }: { plan: BackfillPreview }) {
  return (
    <section aria-label="What it makes" className="mt-1">
      <p className="font-semibold">
        {formatCount(plan.toMake, "run")} of {formatCount(plan.total, "fire time")}, from version{" "}
        {plan.pipelineVersion}
      </p>
      <p className="text-12 text-ink-2">
        {plan.words}. Of the range {plan.succeeded} succeeded, {plan.failed} failed, {plan.underWay} under
        way.
      </p>
      {plan.fires.length > 0 && (
        <ol
          aria-label="Runs in their order"
          className="mt-1 max-h-[20vh] overflow-auto text-12"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by keyboard
          tabIndex={0}
        >
          {prepareFires(plan.fires, plan.timeZone).map((fire) => (
            <li key={fire.key}>
              {fire.inZone} {plan.timeZone !== "UTC" && <span className="text-ink-3">{fire.inUtc} UTC</span>}
            </li>
          ))}
        </ol>
      )}
      {plan.toMake > plan.fires.length && (
        <p className="text-12 text-ink-2">and {formatCount(plan.toMake - plan.fires.length, "run")} more</p>
      )}
    </section>
  );
}
