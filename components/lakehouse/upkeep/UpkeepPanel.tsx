"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { TextField } from "@/components/ui/Field";
import { Panel } from "@/components/ui/Panel";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { Tag } from "@/components/ui/Tag";
import type { TableDetail } from "../lake-types";
import { PlanView } from "./PlanView";
import { preparePlan, whyNotExecuted } from "./prepare-plan";
import { type UpkeepAct, upkeepOptions } from "./upkeep-acts";
import { useUpkeep } from "./useUpkeep";

const ConfirmDialog = dynamic(
  () => import("@/components/ui/ConfirmDialog").then((module) => module.ConfirmDialog),
  {
    ssr: false,
  },
);

export type UpkeepPanelProps = {
  workspace: string;
  table: TableDetail;
  act: UpkeepAct;
  snapshotCount: number;
  whyNotChange: string | null;
};

/** One upkeep: its options, a dry run, and carrying it out. */
export function UpkeepPanel({ workspace, table, act, snapshotCount, whyNotChange }: UpkeepPanelProps) {
  const [typed, setTyped] = useState<Record<string, string>>(
    Object.fromEntries(act.fields.map(({ key, initial }) => [key, String(initial)])),
  );
  const [isAsking, setAsking] = useState(false);
  const state = useUpkeep(workspace, table.name, act.action);
  const { plan, done, failure } = state;
  const options = upkeepOptions(act, typed);
  const whyNotPlan =
    whyNotChange ?? (options === null ? "An option is not a whole number that is large enough." : null);
  const execute = () =>
    void state.execute().then(
      () => setAsking(false),
      () => setAsking(false),
    );
  return (
    <Panel
      actions={
        <Button
          busy={state.isPlanning}
          disabledReason={whyNotPlan}
          kind={plan === null ? "primary" : "plain"}
          onClick={() => options !== null && state.makePlan(options)}
        >
          {plan === null ? "Dry run" : "Dry run again"}
        </Button>
      }
      bodyClassName="overflow-auto"
      isLoading={state.isPlanning || state.isExecuting}
      label={act.title}
      meta={plan !== null && <Tag>dry run, nothing written</Tag>}
      title={act.title}
    >
      <p className="px-3 pt-2 text-ink-2">{act.about}</p>
      <div className="max-w-[560px] px-3">
        {act.fields.map((field) => (
          <TextField
            error={
              isRight(typed[field.key], field.least) ? null : `Must be a whole number from ${field.least}.`
            }
            help={field.help}
            inputMode="numeric"
            key={field.key}
            label={field.label}
            onChange={(event) => setTyped({ ...typed, [field.key]: event.target.value })}
            value={typed[field.key] ?? ""}
          />
        ))}
      </div>
      {failure !== null && (
        <FailurePanel
          actions={
            <Button disabledReason={whyNotPlan} onClick={() => options !== null && state.makePlan(options)}>
              Plan again
            </Button>
          }
          failure={failure}
          stillTrue={
            failure.code === "conflict"
              ? "A writer was faster and its commit stands. Nothing of this upkeep was written."
              : "The table is as it was."
          }
        />
      )}
      {done !== null && (
        <p className="flex items-center gap-2 border-line border-t px-3 py-2" role="status">
          <StateGlyph label={doneWords(done.action, done.snapshotId)} state="succeeded" />
        </p>
      )}
      {plan !== null && (
        <div className="border-line border-t">
          <PlanView lines={preparePlan(plan, table, snapshotCount)} plan={plan} />
          <p className="px-3 pb-3">
            <Button
              disabledReason={whyNotChange ?? whyNotExecuted(plan, table.snapshotId)}
              kind={act.action === "compact" ? "plain" : "danger"}
              onClick={() => setAsking(true)}
            >
              {act.doIt}
            </Button>
          </p>
        </div>
      )}
      {isAsking && plan !== null && (
        <ConfirmDialog
          actLabel={act.doIt}
          description={`${plan.words} If a writer commits meanwhile, the writer wins.`}
          isBusy={state.isExecuting}
          isOpen
          name={table.name}
          onClose={() => setAsking(false)}
          onConfirm={execute}
          safeLabel="Leave it as it is"
          title={`${act.title}: ${table.name}?`}
        />
      )}
    </Panel>
  );
}

const isRight = (text: string | undefined, least: number): boolean =>
  text !== undefined && text.trim() !== "" && Number.isInteger(Number(text)) && Number(text) >= least;

function doneWords(action: UpkeepAct["action"], snapshotId: string | null): string {
  if (action === "compact") {
    return snapshotId === null
      ? "Nothing was rewritten: a writer was faster, and its commit stands. Plan again."
      : "Done: the small files are joined.";
  }
  return action === "expire" ? "Done: the snapshots have expired." : "Done: the orphans are gone.";
}
