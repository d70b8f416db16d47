"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { RerunChoice } from "./useRunActs";

export type RerunDialogProps = {
  workspace: string;
  runId: string;
  number: number;
  choice: RerunChoice;
  isBusy: boolean;
  onClose: () => void;
  /** With the tasks that the preview said. */
  onConfirm: (expected: string[]) => void;
};

/** Shows which tasks of a run would run again, as the server plans it, before it starts them. */
export function RerunDialog(props: RerunDialogProps) {
  const { workspace, runId, number, choice, isBusy, onClose, onConfirm } = props;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const input = { workspace, runId, ...choice, preview: true };
  const plan = useQuery({
    queryKey: [...trpc.runs.rerun.mutationKey(), input],
    queryFn: () => client.runs.rerun.mutate(input),
  });
  const whyNot = plan.isError
    ? "It cannot be rerun like this."
    : plan.data
      ? null
      : "The plan is being read.";
  return (
    <Dialog
      description="A new run of the same version. What it writes takes the place of the tables as they are now."
      isOpen
      onClose={onClose}
      title={`Rerun run ${number}`}
    >
      {plan.isError && <FailurePanel className="mb-3" failure={failureOf(plan.error)} />}
      {plan.isPending && <p className="text-ink-2">Reading what would run</p>}
      {plan.data && (
        <>
          <Tasks ids={plan.data.again} state="queued" title="runs again" titles="run again" />
          {plan.data.reused.length > 0 && (
            <Tasks ids={plan.data.reused} state="succeeded" title="is taken over" titles="are taken over" />
          )}
        </>
      )}
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onClose}>Close</Button>
        <Button
          autoFocus
          busy={isBusy}
          disabledReason={whyNot}
          kind="primary"
          onClick={() => onConfirm(plan.data?.again ?? [])}
        >
          Rerun
        </Button>
      </div>
    </Dialog>
  );
}

type TasksProps = { title: string; titles: string; ids: string[]; state: "queued" | "succeeded" };

function Tasks({ title, titles, ids, state }: TasksProps) {
  return (
    <section className="mb-2">
      <h3 className="font-semibold text-12 text-title">
        {formatCount(ids.length, "task")} {ids.length === 1 ? title : titles}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by keyboard */}
      <ul className="max-h-[30vh] overflow-auto" tabIndex={0}>
        {ids.map((id) => (
          <li className="flex items-center gap-2 py-0.5" key={id}>
            <StateGlyph state={state} word="none" />
            <code className="[overflow-wrap:anywhere]">{id}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
