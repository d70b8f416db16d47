import { Button } from "@/components/ui/Button";
import { HeaderRow } from "@/components/ui/HeaderRow";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { BackfillView } from "@/domain/pipelines/backfill/backfill-view";
import { prepareBackfill } from "./prepare-backfill";

export type BackfillTableProps = {
  backfills: readonly BackfillView[];
  isBusy: boolean;
  whyNot: string | null;
  onPause: (backfill: BackfillView) => void;
  onResume: (backfill: BackfillView) => void;
  onCancel: (backfill: BackfillView) => void;
};

const HEADS = ["State", "Range", "Progress", "Times", "Started", "(Actions)"];

/** Back-fills, newest first, with how far each is. */
export function BackfillTable({
  backfills,
  isBusy,
  whyNot,
  onPause,
  onResume,
  onCancel,
}: BackfillTableProps) {
  return (
    <table className="w-full text-left">
      <thead className="text-12 text-ink-2">
        <HeaderRow heads={HEADS} />
      </thead>
      <tbody>
        {backfills.map((backfill) => {
          const shown = prepareBackfill(backfill);
          return (
            <tr className="[&>*]:border-line [&>*]:border-b [&>*]:px-3 [&>*]:py-1" key={backfill.id}>
              <td>
                <StateGlyph label={shown.word} state={shown.state} />
              </td>
              <td className="whitespace-nowrap">{shown.range}</td>
              <td>
                <progress
                  aria-label={shown.progress}
                  className="block h-1.5 w-40 appearance-none bg-line-2 [&::-moz-progress-bar]:bg-ctl [&::-webkit-progress-bar]:bg-line-2 [&::-webkit-progress-value]:bg-ctl"
                  max={1}
                  value={shown.doneShare}
                />
                <p className="text-12 text-ink-2">{shown.progress}</p>
              </td>
              <td className="text-12 text-ink-2">
                {backfill.which === "all" ? "every time" : backfill.which}, {backfill.parallel} at a time
                {backfill.newestFirst && ", newest first"}
              </td>
              <td className="text-12 text-ink-2">
                <RelativeTime at={backfill.createdAt} /> by {backfill.createdBy}
              </td>
              <td className="whitespace-nowrap text-right">
                {shown.canPause && (
                  <Button busy={isBusy} disabledReason={whyNot} onClick={() => onPause(backfill)}>
                    Pause
                  </Button>
                )}
                {shown.canResume && (
                  <Button busy={isBusy} disabledReason={whyNot} onClick={() => onResume(backfill)}>
                    Resume
                  </Button>
                )}{" "}
                {shown.canCancel && (
                  <Button disabledReason={whyNot} kind="danger" onClick={() => onCancel(backfill)}>
                    Cancel
                  </Button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
