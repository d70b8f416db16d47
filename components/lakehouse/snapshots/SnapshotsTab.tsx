"use client";

import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { Panel } from "@/components/ui/Panel";
import { useSnapshots } from "../ruler/useSnapshots";
import type { TabProps } from "../table/tab-props";
import { SnapshotBench } from "./SnapshotBench";

/** The history of a table. */
export function SnapshotsTab(props: TabProps) {
  const list = useSnapshots(props.workspace, props.table.name);
  if (list.snapshots !== null && list.snapshots.length > 0) {
    return <SnapshotBench {...props} list={{ ...list, snapshots: list.snapshots }} />;
  }
  return (
    <>
      <Panel className="flex-1" isLoading={list.isLoading} label="Snapshots">
        {list.failure !== null && (
          <FailurePanel actions={<Button onClick={list.retry}>Try again</Button>} failure={list.failure} />
        )}
        {list.snapshots !== null && (
          <EmptyState title="Nothing was written to this table yet.">
            The first commit makes its first snapshot.
          </EmptyState>
        )}
      </Panel>
      <EvidenceLine>{list.failure === null ? "Reading the history" : "Nothing was read"}</EvidenceLine>
    </>
  );
}
