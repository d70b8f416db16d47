"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/Panel";
import { useQueryParam } from "@/components/ui/useQueryParam";
import { useSnapshots } from "../ruler/useSnapshots";
import type { TabProps } from "../table/tab-props";
import { type BranchDialog, BranchDialogs } from "./BranchDialogs";
import { BranchList } from "./BranchList";
import { FailingRows } from "./FailingRows";
import { checkTemplate, prepareBranches, whyNotPublished } from "./prepare-branches";
import { TagList } from "./TagList";
import { useCheck } from "./useCheck";

const CheckPanel = dynamic(() => import("./CheckPanel").then((module) => module.CheckPanel), { ssr: false });

/** Branches: data lands on one, is audited by a check, and is published to readers of main. */
export function BranchesTab({ workspace, table, acts, whyNotChange, whyNotCheck, onShow }: TabProps) {
  const list = useSnapshots(workspace, table.name);
  const picked = useQueryParam("branch");
  const sqlParam = useQueryParam("check");
  const failing = useQueryParam("failing");
  const audit = useCheck(workspace, table.name, (found) => failing.set(found.passed ? null : found.checkId));
  const [dialog, setDialog] = useState<BranchDialog | null>(null);
  const rows = prepareBranches(table, list.snapshots ?? []);
  const others = rows.filter(({ name }) => name !== "main");
  const row = rows.find(({ name }) => name === picked.value) ?? others[0] ?? null;
  const main = rows.find(({ name }) => name === "main") ?? null;
  const pick = (name: string) => {
    picked.set(name);
    failing.set(null);
  };
  const sql = sqlParam.value ?? checkTemplate(table.name, table.columns);
  const check = audit.check?.branch === row?.name ? audit.check : null;
  return (
    <>
      {list.failure !== null && (
        <FailurePanel actions={<Button onClick={list.retry}>Try again</Button>} failure={list.failure} />
      )}
      <div className="grid min-h-0 flex-1 grid-cols-1 gap-px overflow-auto bg-line-2 desk:grid-cols-[minmax(372px,2fr)_minmax(0,3fr)] desk:overflow-hidden">
        <div className="flex min-h-0 flex-col bg-panel">
          <Panel
            actions={
              <Button
                disabledReason={whyNotChange}
                icon={<Plus aria-hidden="true" size={13} />}
                onClick={() => setDialog({ kind: "create", type: "branch" })}
              >
                New branch
              </Button>
            }
            bodyClassName="overflow-auto"
            className="flex-1"
            isLoading={list.isLoading}
            title="Branches, write then audit then publish"
          >
            <BranchList check={audit.check} onPick={pick} picked={row?.name ?? null} rows={rows} />
          </Panel>
          <Panel
            actions={
              <Button
                disabledReason={whyNotChange}
                onClick={() => setDialog({ kind: "create", type: "tag" })}
              >
                New tag
              </Button>
            }
            bodyClassName="overflow-auto"
            className="max-h-[40%] border-line-2 border-t"
            title="Tags"
          >
            <TagList
              onDrop={(name) => setDialog({ kind: "drop", type: "tag", name })}
              onShow={(ref) => onShow("rows", { ref })}
              snapshots={list.snapshots ?? []}
              tags={table.refs.filter(({ type }) => type === "tag")}
              whyNotChange={whyNotChange}
            />
          </Panel>
        </div>
        {row === null || row.name === "main" ? (
          <Panel label="Audit">
            <EmptyState title="Choose a branch to check and publish it, or make one.">
              What lands on a branch is not seen by readers of main until it is published.
            </EmptyState>
          </Panel>
        ) : (
          <div className="flex min-h-0 min-w-0 flex-col bg-panel">
            <p className="flex min-h-[34px] flex-wrap items-center gap-3 border-line border-b bg-sunken px-3 text-12">
              <button className="link" onClick={() => onShow("rows", { ref: row.name })} type="button">
                Rows of {row.name}
              </button>
              {main !== null && (
                <button
                  className="link"
                  onClick={() => onShow("snapshots", { a: main.snapshotId, b: row.snapshotId })}
                  type="button"
                >
                  Compare with main
                </button>
              )}
              <span className="ml-auto">
                <Button
                  disabledReason={whyNotChange}
                  kind="danger"
                  onClick={() => setDialog({ kind: "drop", type: "branch", name: row.name })}
                >
                  Delete branch
                </Button>
              </span>
            </p>
            <CheckPanel
              check={check}
              checkFailure={audit.checkFailure}
              isChecking={audit.isChecking}
              key={row.name}
              onCheck={audit.run}
              onPublish={() => setDialog({ kind: "publish", row })}
              onSql={sqlParam.set}
              row={row}
              sql={sql}
              whyNotCheck={whyNotCheck}
              whyNotPublish={whyNotChange ?? whyNotPublished(row, check)}
            >
              {failing.value !== null && (
                <FailingRows
                  branch={row.name}
                  checkId={failing.value}
                  key={failing.value}
                  name={table.name}
                  workspace={workspace}
                />
              )}
            </CheckPanel>
          </div>
        )}
      </div>
      <EvidenceLine right={[{ key: "zone", text: "times in UTC" }]}>
        {formatCount(rows.length, "branch", "branches")}, from the lake's catalog; a check reads the branch
        alone
      </EvidenceLine>
      <BranchDialogs
        acts={acts}
        dialog={dialog}
        onClose={() => setDialog(null)}
        onMade={pick}
        sql={sql.trim() === "" ? null : sql}
        table={table}
      />
    </>
  );
}
