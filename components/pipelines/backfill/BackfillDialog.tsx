"use client";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { formatCount } from "@/components/ui/format";
import { BackfillFields } from "./BackfillFields";
import { BackfillPlan } from "./BackfillPlan";
import { DayHeatMap } from "./DayHeatMap";
import { type BackfillPlace, useBackfillForm } from "./useBackfillForm";

export type BackfillDialogProps = BackfillPlace & { onClose: () => void };

/** Chooses a range of the past, shows exactly which runs it makes, and starts them. */
export function BackfillDialog({ onClose, ...place }: BackfillDialogProps) {
  const { form, change, isRange, heat, plan, isReading, failure, isStarting, whyNot, start } =
    useBackfillForm(place, onClose);
  return (
    <Dialog
      description={`Runs of the active version for times of the past, in ${place.timeZone}.`}
      isOpen
      onClose={onClose}
      title={`Back-fill ${place.pipelineId}`}
      width={640}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <BackfillFields form={form} hasSchedule={place.hasSchedule} isRange={isRange} onChange={change} />
        <DayHeatMap heat={heat} />
        {failure !== null && <FailurePanel className="mt-2" failure={failure} />}
        {isReading && <p className="text-ink-2">Reading which runs that makes</p>}
        {plan !== null && <BackfillPlan plan={plan} />}
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={onClose}>Close</Button>
          <Button busy={isStarting} disabledReason={whyNot} kind="primary" type="submit">
            {plan === null ? "Start" : `Start ${formatCount(plan.toMake, "run")}`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
