"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { diffLines } from "@/domain/shared/diff-lines";
import type { SavedQuery, SavedVersion } from "../query-types";
import { prepareSideBySide } from "./prepare-side-by-side";
import { SideBySide } from "./SideBySide";

export type VersionsDialogProps = {
  workspace: string;
  name: string;
  isBusy: boolean;
  failure: ShownFailure | null;
  /** Why no version may be restored; null where it may. */
  whyNot: string | null;
  onOpen: (version: SavedQuery) => void;
  onCopyLink: (version: number) => void;
  onRestore: (version: number, current: number) => void;
  onClose: () => void;
};

/** The versions of a saved query; any two beside each other, any one opened, linked to or made the next. */
export function VersionsDialog(props: VersionsDialogProps) {
  const { workspace, name, isBusy, failure, whyNot, onOpen, onCopyLink, onRestore, onClose } = props;
  const shown = useComparedVersions(workspace, name);
  const { list, after, current, left, right, pairs, failed } = shown;
  return (
    <Dialog
      description="A version never changes. Restoring one makes it the next version; those between stay."
      isOpen
      onClose={onClose}
      title={`Versions of ${name}`}
      width={640}
    >
      <div className="relative">
        {list.isPending && <LoadingBar />}
        <ul aria-label="Versions" className="max-h-[22vh] overflow-auto border border-line">
          {(list.data ?? []).map((each) => (
            <VersionRow
              isBase={each.version === left}
              isCurrent={each.version === current}
              isShown={each.version === right}
              key={each.version}
              onBase={() => shown.compareWith(each.version)}
              onPick={() => shown.pick(each.version)}
              version={each}
            />
          ))}
        </ul>
      </div>
      {failed !== undefined && <FailurePanel className="mt-2" failure={failureOf(failed.error)} />}
      {failure !== null && <FailurePanel className="mt-2" failure={failure} />}
      <div className="relative mt-2 max-h-[34vh] overflow-auto border border-line">
        {pairs === null && failed === undefined && <LoadingBar />}
        {pairs !== null && (
          <SideBySide
            label={`Version ${left} and version ${right}`}
            left={`Version ${left}`}
            pairs={pairs}
            right={`Version ${right}`}
          />
        )}
      </div>
      <div className="mt-3 flex justify-end gap-2">
        <Button autoFocus onClick={onClose}>
          Close
        </Button>
        <Button onClick={() => onCopyLink(right)}>Copy the link to version {right}</Button>
        <Button onClick={() => after.data && onOpen(after.data)}>Open version {right}</Button>
        <Button
          busy={isBusy}
          disabledReason={whyNot ?? (right === current ? `Version ${current} is the current one.` : null)}
          onClick={() => onRestore(right, current)}
        >
          Restore version {right}
        </Button>
      </div>
    </Dialog>
  );
}

/** Which two versions are looked at: one and, unless another is chosen, the one before it; beside the first, the current. */
function useComparedVersions(workspace: string, name: string) {
  const trpc = useTRPC();
  const list = useQuery(trpc.savedQueries.versions.queryOptions({ workspace, name }));
  const [picked, setPicked] = useState<{ right: number; left: number | null } | null>(null);
  const versions = list.data ?? [];
  const current = versions[0]?.version ?? 1;
  const right = picked?.right ?? current;
  const left = picked?.left ?? versions.find(({ version }) => version < right)?.version ?? current;
  const before = useVersion(workspace, name, left, list.isSuccess);
  const after = useVersion(workspace, name, right, list.isSuccess);
  const pairs =
    before.data && after.data
      ? prepareSideBySide(diffLines(before.data.sql.split("\n"), after.data.sql.split("\n")))
      : null;
  return {
    ...{ list, before, after, current, left, right, pairs },
    failed: [list, before, after].find(({ isError }) => isError),
    pick: (version: number) => setPicked({ right: version, left: null }),
    compareWith: (version: number) => setPicked({ right, left: version }),
  };
}

function useVersion(workspace: string, name: string, version: number, enabled: boolean) {
  const trpc = useTRPC();
  const once = { enabled, staleTime: Number.POSITIVE_INFINITY };
  return useQuery(trpc.savedQueries.get.queryOptions({ workspace, name, version }, once));
}

type VersionRowProps = {
  version: SavedVersion;
  isCurrent: boolean;
  isShown: boolean;
  isBase: boolean;
  onPick: () => void;
  onBase: () => void;
};

function VersionRow({ version, isCurrent, isShown, isBase, onPick, onBase }: VersionRowProps) {
  return (
    <li
      className={`flex items-center gap-2 border-line border-b px-2 text-12 last:border-b-0 ${isShown ? "bg-select" : "hover:bg-hover"}`}
    >
      <button aria-pressed={isShown} className="flex-1 py-1 text-left" onClick={onPick} type="button">
        <span className="font-semibold">Version {version.version}</span>
        {isCurrent && " (current)"}, {version.createdBy}, <RelativeTime at={version.createdAt} />
      </button>
      {!isShown && (
        <button aria-pressed={isBase} className="link" onClick={onBase} type="button">
          {isBase ? "compared" : "compare with"}
        </button>
      )}
    </li>
  );
}
