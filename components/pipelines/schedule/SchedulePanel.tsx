import { Pause, Play } from "lucide-react";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { HeaderRow } from "@/components/ui/HeaderRow";
import { Panel } from "@/components/ui/Panel";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { PipelineScheduleView } from "@/domain/pipelines/schedule/schedule-view";
import { prepareFires } from "./prepare-fires";

export type SchedulePanelProps = {
  schedule: PipelineScheduleView;
  isBusy: boolean;
  whyNot: string | null;
  onPause: () => void;
  onResume: () => void;
};

const CATCH_UP = {
  latest: "Of the times that were missed, the newest is made up for.",
  all: "Every time that was missed is made up for, in order.",
  none: "Times that were missed are let go.",
};

/** The schedule in words, its next times on two clocks, and its switch. */
export function SchedulePanel({ schedule, isBusy, whyNot, onPause, onResume }: SchedulePanelProps) {
  const { expression, timeZone, words, isPaused, isArchived, catchUp, nextFires } = schedule;
  if (expression === null || timeZone === null) {
    return (
      <Panel title="Schedule">
        <EmptyState title="This pipeline starts by hand only.">
          Write <code>"schedule": "0 2 * * *"</code> into its document for every night at two, in UTC; with{" "}
          <code>time_zone</code> and <code>catch_up</code> as an object.
        </EmptyState>
      </Panel>
    );
  }
  const isOff = isPaused || isArchived;
  const fires = prepareFires(nextFires, timeZone);
  return (
    <Panel
      actions={
        isPaused ? (
          <Button
            busy={isBusy}
            disabledReason={whyNot}
            icon={<Play aria-hidden="true" size={13} />}
            kind="primary"
            onClick={onResume}
          >
            Resume
          </Button>
        ) : (
          <Button
            busy={isBusy}
            disabledReason={whyNot}
            icon={<Pause aria-hidden="true" size={13} />}
            onClick={onPause}
          >
            Pause
          </Button>
        )
      }
      meta={
        isOff ? (
          <StateGlyph label={isArchived ? "archived" : "paused"} state="blocked" />
        ) : (
          <StateGlyph label="on" state="ok" />
        )
      }
      title="Schedule"
    >
      <div className="px-3 py-2">
        <p className="font-semibold">{words}</p>
        <p className="mt-0.5">
          <code>{expression}</code> <span className="text-12 text-ink-2">in {timeZone}</span>
        </p>
        <p className="mt-1 text-12 text-ink-2">{CATCH_UP[catchUp]}</p>
        {isPaused && (
          <p className="mt-1 text-12 text-ink-2">
            Nothing starts while it is paused. Resuming makes up for nothing that passed meanwhile.
          </p>
        )}
      </div>
      {fires.length > 0 && (
        <table className="w-full text-left">
          <caption className="sr-only">Next times</caption>
          <thead className="text-12 text-ink-2">
            <HeaderRow heads={[`Next, ${timeZone}`, ...(timeZone === "UTC" ? [] : ["UTC"])]} isDense />
          </thead>
          <tbody>
            {fires.map(({ key, inZone, inUtc }) => (
              <tr className="[&>*]:border-line [&>*]:border-b [&>*]:px-3 [&>*]:py-0.5" key={key}>
                <td>{inZone}</td>
                {timeZone !== "UTC" && <td className="text-ink-2">{inUtc}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!isOff && fires.length === 0 && (
        <p className="px-3 py-2 text-12 text-warn">No moment fits this cron: it never fires.</p>
      )}
    </Panel>
  );
}
