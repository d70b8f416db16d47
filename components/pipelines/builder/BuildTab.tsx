"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { useMyRole } from "@/components/ui/useMyRole";
import { BuilderPane } from "./BuilderPane";

export type BuildTabProps = {
  workspace: string;
  pipelineId: string;
  task: string | null;
  onTask: (id: string | null) => void;
};

/** Fetches the draft, then opens the builder on it. */
export function BuildTab({ workspace, pipelineId, task, onTask }: BuildTabProps) {
  const trpc = useTRPC();
  const { whyNot } = useMyRole(workspace);
  const me = useQuery(trpc.auth.me.queryOptions());
  const draft = useQuery(
    trpc.pipelines.draft.queryOptions({ workspace, pipelineId }, { refetchOnWindowFocus: false }),
  );
  if (draft.data === undefined || me.data === undefined) {
    const failed = [draft, me].find(({ isError }) => isError);
    return (
      <div className="relative h-full bg-panel">
        {failed === undefined ? (
          <>
            <LoadingBar label={`Opening ${pipelineId}`} />
            <p className="p-3 text-ink-2">Opening the builder</p>
          </>
        ) : (
          <FailurePanel
            actions={<Button onClick={() => void failed.refetch()}>Try again</Button>}
            failure={failureOf(failed.error)}
          />
        )}
      </div>
    );
  }
  const { text, revision, activeVersion } = draft.data;
  return (
    <BuilderPane
      activeVersion={activeVersion}
      draft={draft.data.draft}
      key={pipelineId}
      myName={me.data.name}
      onTask={onTask}
      pipelineId={pipelineId}
      stored={{ text, revision }}
      task={task}
      whyReadOnly={whyNot("engineer")}
      workspace={workspace}
    />
  );
}
