"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { EmptyState } from "@/components/ui/EmptyState";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { saveTextFile } from "@/components/ui/save-text-file";
import { Tag } from "@/components/ui/Tag";
import { toastDone, toastFailure } from "@/components/ui/toast";
import { useMyRole } from "@/components/ui/useMyRole";
import { useQueryParam } from "@/components/ui/useQueryParam";
import { VersionChanges } from "./VersionChanges";

export type VersionsTabProps = {
  workspace: string;
  pipelineId: string;
  onRun: (version: number) => void;
  onRestored: () => void;
};

const CELL = "border-line border-b px-3 py-1";

/** Every version there was: compare two, bring one back, run one. */
export function VersionsTab({ workspace, pipelineId, onRun, onRestored }: VersionsTabProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { whyNot } = useMyRole(workspace);
  const from = useQueryParam("from");
  const to = useQueryParam("to");
  const place = { workspace, pipelineId };
  const [limit, setLimit] = useState(50);
  /** The version that is to take the place of a draft, while the person is asked. */
  const [replacing, setReplacing] = useState<number | null>(null);
  const versions = useQuery(trpc.pipelines.versions.queryOptions({ ...place, limit }));
  const draft = useQuery(trpc.pipelines.draft.queryOptions(place));
  const restore = useMutation(
    trpc.pipelines.restore.mutationOptions({
      onError: (error) => {
        setReplacing(null);
        void toastFailure(failureOf(error));
      },
      onSuccess: async (_, { version }) => {
        setReplacing(null);
        await queryClient.invalidateQueries(trpc.pipelines.pathFilter());
        void toastDone(`Version ${version} is the draft now`);
        onRestored();
      },
    }),
  );
  const download = async (version: number) => {
    try {
      const { text } = await queryClient.fetchQuery(
        trpc.pipelines.version.queryOptions({ ...place, version }),
      );
      saveTextFile(`${pipelineId}-${version}.json`, text, "application/json");
    } catch (error) {
      void toastFailure(failureOf(error));
    }
  };
  if (versions.data === undefined || draft.data === undefined) {
    const failed = [versions, draft].find(({ isError }) => isError);
    if (failed !== undefined) return <FailurePanel failure={failureOf(failed.error)} />;
    return <LoadingBar label="Reading the versions" />;
  }
  const { activeVersion, revision } = draft.data;
  const bringBack = (version: number) => restore.mutate({ ...place, version, baseRevision: revision });
  if (versions.data.length === 0)
    return (
      <EmptyState title="There is no version yet.">Activate the draft to make the first one.</EmptyState>
    );
  const sides = [
    ...(draft.data.draft === null ? [] : ["draft"]),
    ...versions.data.map(({ version }) => String(version)),
  ];
  const compare = { from: from.value ?? sides[1] ?? null, to: to.value ?? sides[0] ?? null };
  return (
    <div className="grid h-full min-h-0 grid-cols-1 gap-px bg-line-2 desk:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="min-h-0 overflow-auto bg-panel">
        <table className="w-full text-left">
          <thead className="sticky top-0 bg-panel text-12 text-ink-2">
            <tr>
              {["Version", "Note", "By", "Made", ""].map((title) => (
                <th className="border-line-2 border-b px-3 py-1.5 font-semibold" key={title} scope="col">
                  {title === "" ? <span className="sr-only">Acts</span> : title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {versions.data.map(({ version, note, restoredFrom, createdBy, createdAt }) => (
              <tr className="hover:bg-hover" key={version}>
                <th className={`${CELL} font-normal`} scope="row">
                  {version} {version === activeVersion && <Tag>active</Tag>}
                </th>
                <td className={`${CELL} max-w-[32ch] [overflow-wrap:anywhere]`}>
                  {note ?? (restoredFrom === null ? "" : `brings back version ${restoredFrom}`)}
                </td>
                <td className={`${CELL} text-ink-2`}>{createdBy}</td>
                <td className={CELL}>
                  <RelativeTime at={createdAt} />
                </td>
                <td className={`${CELL} whitespace-nowrap text-right`}>
                  <Button kind="quiet" onClick={() => void download(version)}>
                    Download
                  </Button>
                  <Button
                    aria-label={`Restore version ${version}`}
                    busy={restore.isPending && restore.variables.version === version}
                    disabledReason={whyNot("engineer")}
                    kind="quiet"
                    onClick={() => (draft.data.draft === null ? bringBack(version) : setReplacing(version))}
                  >
                    Restore
                  </Button>
                  <Button
                    aria-label={`Run version ${version}`}
                    disabledReason={whyNot("analyst")}
                    kind="quiet"
                    onClick={() => onRun(version)}
                  >
                    Run
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {versions.data.length === limit && (
          <p className="p-2">
            <Button onClick={() => setLimit(limit + 50)}>Show older ones</Button>
          </p>
        )}
      </div>
      <VersionChanges
        from={compare.from}
        onFrom={from.set}
        onTo={to.set}
        pipelineId={pipelineId}
        sides={sides}
        to={compare.to}
        workspace={workspace}
      />
      <ConfirmDialog
        actLabel={`Restore version ${replacing}`}
        description={`Version ${replacing} takes the place of the draft of ${pipelineId}, which is lost.`}
        isBusy={restore.isPending}
        isOpen={replacing !== null}
        name={pipelineId}
        onClose={() => setReplacing(null)}
        onConfirm={() => replacing !== null && bringBack(replacing)}
        safeLabel="Keep the draft"
        title="Restore over the draft"
      />
    </div>
  );
}
