"use client";

import { Play } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/Button";
import { buttonClass } from "@/components/ui/button-class";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { NextStep } from "./prepare-next-step";

export type NextStepPanelProps = {
  workspace: string;
  step: NextStep;
  isStarting: boolean;
  whyNotRun: string | null;
  onRun: (pipelineId: string) => void;
};

function Actions({ workspace, step, isStarting, whyNotRun, onRun }: NextStepPanelProps) {
  const base = `/${workspace}`;
  if (step.kind === "no_pipeline") {
    return (
      <Link className={buttonClass("plain", "large")} href={`${base}/pipelines`}>
        Open Pipelines
      </Link>
    );
  }
  if (step.kind === "run") {
    return (
      <>
        <Button
          busy={isStarting}
          disabledReason={whyNotRun}
          icon={<Play aria-hidden="true" size={14} />}
          kind="primary"
          onClick={() => onRun(step.pipelineId)}
          size="large"
        >
          Run the pipeline
        </Button>
        <Link
          className={buttonClass("quiet", "large")}
          href={`${base}/pipelines/${encodeURIComponent(step.pipelineId)}`}
        >
          See its steps
        </Link>
      </>
    );
  }
  const runHref = `${base}/pipelines/${encodeURIComponent(step.run.pipelineId)}/runs/${step.run.id}`;
  return (
    <>
      {step.kind === "read" && (
        <Link className={buttonClass("primary", "large")} href={`${base}/experiments/${step.run.id}`}>
          Read the verdict
        </Link>
      )}
      <Link className={buttonClass(step.kind === "read" ? "plain" : "primary", "large")} href={runHref}>
        Open run {step.run.number}
      </Link>
      {step.kind !== "watch" && (
        <Button
          busy={isStarting}
          disabledReason={whyNotRun}
          kind="quiet"
          onClick={() => onRun(step.run.pipelineId)}
          size="large"
        >
          Run again
        </Button>
      )}
    </>
  );
}

/** The one thing to do next. */
export function NextStepPanel(props: NextStepPanelProps) {
  const { step } = props;
  return (
    <div className="p-6">
      <p className="flex items-center gap-2 font-semibold text-19">
        {"run" in step && <StateGlyph size={16} state={step.run.status} word="spoken" />}
        {step.title}
      </p>
      <p className="mt-1 max-w-[72ch] text-ink-2">{step.text}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Actions {...props} />
      </div>
    </div>
  );
}
