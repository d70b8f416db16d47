"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { Menu, type MenuItem } from "@/components/ui/Menu";
import { PageHead } from "@/components/ui/PageHead";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { RunView } from "@/domain/pipelines/run-view";
import { isFinal } from "@/domain/shared/is-final";
import { CancelRunDialog } from "./CancelRunDialog";
import { RerunDialog } from "./RerunDialog";
import { summarizeRun } from "./summarize-run";
import { type RerunChoice, useRunActs } from "./useRunActs";
import { StartedBy } from "./watch/StartedBy";
import { shownRunState } from "./watch/shown-run-state";

export type RunHeadProps = {
  workspace: string;
  run: RunView;
  selected: string | null;
  /** Sets the run beside the one before it. */
  onCompare: (runId: string) => void;
  whyNotAct: string | null;
};

/** Which run, how it stands, and what can be done with it. */
export function RunHead({ workspace, run, selected, onCompare, whyNotAct }: RunHeadProps) {
  const acts = useRunActs(workspace, run.pipelineId, run.id);
  const [isAsking, setAsking] = useState(false);
  const isOver = isFinal(run.status);
  const { previous } = run;
  const hasUnfinished = run.tasks.some((task) => task.status !== "succeeded");
  const whyNotRerun = whyNotAct ?? (isOver ? null : "The run is not over. Cancel it first, or wait.");
  const [asked, setAsked] = useState<RerunChoice | null>(null);
  const item = (key: string, label: string, choice: RerunChoice): MenuItem => ({
    kind: "action",
    key,
    label,
    onSelect: () => setAsked(choice),
  });
  const rerunItems: MenuItem[] = [
    item("all", "All tasks", {}),
    ...(hasUnfinished ? [item("failed", "Only what did not succeed", { only: "failed" })] : []),
    item("changed", "Only what would read something else now", { only: "changed" }),
    ...(selected === null ? [] : [item("from", `From ${selected} on`, { from: selected })]),
  ];
  const rerunButton = (
    <Button
      busy={acts.isRerunning}
      disabledReason={whyNotRerun}
      icon={<ChevronDown aria-hidden="true" size={13} />}
    >
      Rerun
    </Button>
  );
  return (
    <>
      <PageHead
        actions={
          <>
            {previous !== null && (
              <Button onClick={() => onCompare(previous.id)}>Compare with {previous.number}</Button>
            )}
            {whyNotRerun === null ? <Menu items={rerunItems} trigger={rerunButton} /> : rerunButton}
            {!isOver && (
              <Button disabledReason={whyNotAct} kind="danger" onClick={() => setAsking(true)}>
                Cancel run
              </Button>
            )}
          </>
        }
        meta={
          <>
            <StateGlyph label={summarizeRun(run)} state={shownRunState(run)} />
            <StartedBy run={run} workspace={workspace} />
          </>
        }
        title={
          <>
            <Link className="link" href={`/${workspace}/pipelines/${encodeURIComponent(run.pipelineId)}`}>
              {run.pipelineId}
            </Link>
            <span className="px-1.5 font-normal text-ink-3">/</span>Run {run.number}
          </>
        }
      />
      {asked !== null && (
        <RerunDialog
          choice={asked}
          isBusy={acts.isRerunning}
          number={run.number}
          onClose={() => setAsked(null)}
          onConfirm={(expected) => acts.rerun({ ...asked, expected }, () => setAsked(null))}
          runId={run.id}
          workspace={workspace}
        />
      )}
      <CancelRunDialog
        isBusy={acts.isCancelling}
        isOpen={isAsking}
        number={run.number}
        onClose={() => setAsking(false)}
        onConfirm={() => acts.cancel(() => setAsking(false))}
      />
    </>
  );
}
