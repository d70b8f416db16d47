"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import type { ShownFailure } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { Panel } from "@/components/ui/Panel";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { Check } from "../lake-types";
import type { BranchRow } from "./prepare-branches";

export type CheckPanelProps = {
  row: BranchRow;
  sql: string;
  onSql: (sql: string) => void;
  check: Check | null;
  checkFailure: ShownFailure | null;
  isChecking: boolean;
  whyNotCheck: string | null;
  whyNotPublish: string | null;
  onCheck: (branch: string, sql: string) => void;
  onPublish: () => void;
  /** The rows that fail. */
  children: ReactNode;
};

/** The check of a branch, a SELECT of the rows that must not be, and what it found. */
export function CheckPanel(props: CheckPanelProps) {
  const { row, check, checkFailure } = props;
  const [sql, setSql] = useState(props.sql);
  const run = () => {
    props.onSql(sql);
    props.onCheck(row.name, sql);
  };
  const isOld = check !== null && check.snapshotId !== row.snapshotId;
  return (
    <Panel
      actions={
        <>
          <Button
            busy={props.isChecking}
            disabledReason={props.whyNotCheck ?? (sql.trim() === "" ? "Write a SELECT first." : null)}
            onClick={run}
          >
            Run check
          </Button>
          <Button disabledReason={props.whyNotPublish} kind="primary" onClick={props.onPublish}>
            Publish {row.name}
          </Button>
        </>
      }
      bodyClassName="flex flex-col overflow-auto"
      isLoading={props.isChecking}
      label={`Audit of ${row.name}`}
      title={`Audit of ${row.name}`}
    >
      <label className="block border-line border-b px-3 py-2 text-12 text-ink-2">
        Check: a SELECT of the rows that must not be. It reads the table as the branch holds it.
        <textarea
          className="mt-1 block min-h-[72px] w-full resize-y rounded-2 border border-ctl bg-raised p-2 font-mono text-12 text-ink"
          onBlur={() => props.onSql(sql)}
          onChange={(event) => setSql(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || props.whyNotCheck !== null)
              return;
            event.preventDefault();
            run();
          }}
          rows={4}
          spellCheck={false}
          value={sql}
        />
      </label>
      {checkFailure !== null && (
        <FailurePanel
          failure={checkFailure}
          stillTrue="Nothing was published; readers of main are not affected."
        />
      )}
      {check !== null && (
        <div aria-live="polite">
          <p className="flex flex-wrap items-center gap-2 px-3 py-2">
            <StateGlyph
              label={
                check.passed
                  ? "Passed: the check finds no row"
                  : `${formatCount(check.failingRows, "row")} ${check.failingRows === 1 ? "fails" : "fail"} the check`
              }
              state={check.passed ? "succeeded" : "failed"}
            />
            {isOld && <span className="text-warn">The branch has moved on since; run it again.</span>}
            {!check.passed && <span className="text-ink-2">Readers of main are not affected.</span>}
          </p>
        </div>
      )}
      {props.children}
    </Panel>
  );
}
