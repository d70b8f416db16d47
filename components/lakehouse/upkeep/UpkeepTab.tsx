"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { classNames } from "@/components/ui/class-names";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { formatBytes, formatCount } from "@/components/ui/format";
import { useQueryParam } from "@/components/ui/useQueryParam";
import { useSnapshots } from "../ruler/useSnapshots";
import type { TabProps } from "../table/tab-props";
import { UpkeepPanel } from "./UpkeepPanel";
import { UPKEEP_ACTS } from "./upkeep-acts";

const ConfirmDialog = dynamic(
  () => import("@/components/ui/ConfirmDialog").then((module) => module.ConfirmDialog),
  {
    ssr: false,
  },
);

/** Compaction, expiry and orphans, each planned before it is done; and taking the table out of the catalog. */
export function UpkeepTab({ workspace, table, acts, whyNotChange }: TabProps) {
  const router = useRouter();
  const chosen = useQueryParam("action");
  const list = useSnapshots(workspace, table.name);
  const [isDropping, setDropping] = useState(false);
  const act = UPKEEP_ACTS.find(({ action }) => action === chosen.value) ?? UPKEEP_ACTS[0];
  const count = list.snapshots?.length ?? 0;
  return (
    <>
      <div className="grid min-h-0 flex-1 grid-cols-1 gap-px overflow-auto bg-line-2 desk:grid-cols-[272px_minmax(0,1fr)] desk:overflow-hidden">
        <nav aria-label="Upkeep" className="flex min-h-0 flex-col bg-panel">
          {UPKEEP_ACTS.map((one) => (
            <button
              aria-pressed={one === act}
              className={classNames(
                "border-line border-b px-3 py-2 text-left hover:bg-hover",
                one === act && "bg-select shadow-[inset_3px_0_0_var(--accent)]",
              )}
              key={one.action}
              onClick={() => chosen.set(one.action)}
              type="button"
            >
              <span className="block font-semibold">{one.title}</span>
              <span className="block text-12 text-ink-2">{one.about}</span>
            </button>
          ))}
          <div className="mt-auto border-line border-t p-3">
            <p className="mb-2 text-12 text-ink-2">
              Taking the table out of the catalog hides it from every reader. Its files stay.
            </p>
            <Button disabledReason={whyNotChange} kind="danger" onClick={() => setDropping(true)}>
              Take it out of the catalog
            </Button>
          </div>
        </nav>
        {act !== undefined && (
          <UpkeepPanel
            act={act}
            key={act.action}
            snapshotCount={count}
            table={table}
            whyNotChange={whyNotChange}
            workspace={workspace}
          />
        )}
      </div>
      <EvidenceLine
        right={[
          { key: "files", text: formatCount(table.fileCount, "file") },
          { key: "bytes", text: formatBytes(table.bytes) },
          { key: "kept", text: `${formatCount(count, "snapshot")} kept` },
        ]}
      >
        A dry run writes nothing; a writer that commits meanwhile wins
      </EvidenceLine>
      {isDropping && (
        <ConfirmDialog
          actLabel="Take it out"
          description={
            <>
              Queries, pipelines and pages will not find {table.name} any more. Its{" "}
              {formatCount(table.fileCount, "file")} stay where they are.
              {acts.failure !== null && <FailurePanel className="mt-2" failure={acts.failure} />}
            </>
          }
          isBusy={acts.isBusy}
          isOpen
          name={table.name}
          onClose={() => {
            acts.forget();
            setDropping(false);
          }}
          onConfirm={() =>
            void acts.drop().then(
              () => router.push(`/${workspace}/lakehouse`),
              () => undefined,
            )
          }
          title={`Take ${table.name} out of the catalog?`}
        />
      )}
    </>
  );
}
