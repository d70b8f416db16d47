"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useParams } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { formatCount } from "@/components/ui/format";
import { PageHead } from "@/components/ui/PageHead";
import { Panel } from "@/components/ui/Panel";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { useMyRole } from "@/components/ui/useMyRole";
import { useQueryParam } from "@/components/ui/useQueryParam";
import { DataSetKind } from "@/domain/datasets/data-set-record";
import { DataSetFilters } from "./list/DataSetFilters";
import { DataSetTable } from "./list/DataSetTable";
import { filterDataSets } from "./list/filter-data-sets";
import { NoDataSets } from "./list/NoDataSets";

const NewContentDialog = dynamic(
  () => import("./list/NewContentDialog").then((module) => module.NewContentDialog),
  { ssr: false },
);

const REFRESH_MS = 15_000;

/** Everything that can be published, in one list. */
export function DataSetsPage() {
  const { workspace } = useParams<{ workspace: string }>();
  const trpc = useTRPC();
  const { whyNot } = useMyRole(workspace);
  const filter = useQueryParam("q");
  const kindParam = useQueryParam("kind");
  const [making, setMaking] = useState<"report" | "dashboard" | null>(null);
  const [words, setWords] = useState(filter.value ?? "");
  const kind = DataSetKind.options.find((each) => each === kindParam.value) ?? null;
  const list = useQuery(
    trpc.datasets.list.queryOptions({ workspace }, { refetchInterval: REFRESH_MS, retry: false }),
  );
  const search = (next: string) => {
    setWords(next);
    filter.set(next);
  };
  const all = list.data?.items ?? null;
  const items = all === null ? null : filterDataSets(all, { kind, words });
  const whyNotDraft = whyNot("analyst");
  return (
    <>
      <PageHead
        actions={
          <>
            <DataSetFilters kind={kind} onKind={kindParam.set} onWords={search} words={words} />
            <Button disabledReason={whyNotDraft} onClick={() => setMaking("dashboard")}>
              New dashboard
            </Button>
            <Button disabledReason={whyNotDraft} kind="primary" onClick={() => setMaking("report")}>
              New report
            </Button>
          </>
        }
        meta={all && formatCount(all.length, "data set")}
        title="Data sets"
      />
      <Panel bodyClassName="overflow-auto" className="flex-1" isLoading={list.isPending} label="Data sets">
        {list.isError && (
          <FailurePanel
            actions={<Button onClick={() => list.refetch()}>Try again</Button>}
            failure={failureOf(list.error)}
            {...(all ? { stillTrue: "The data sets below are as they were last read." } : {})}
          />
        )}
        {list.data?.unavailable.map(({ kind: left, message }) => (
          <p className="border-line border-b bg-warn-wash px-3 py-1.5" key={left}>
            <StateGlyph label={`No ${left}s are shown: ${message}`} state="warning" />
          </p>
        ))}
        {items?.length === 0 && (
          <NoDataSets
            onUnfilter={() => {
              search("");
              kindParam.set(null);
            }}
            total={all?.length ?? 0}
          />
        )}
        {(items === null ? !list.isError : items.length > 0) && (
          <DataSetTable items={items} workspace={workspace} />
        )}
      </Panel>
      <EvidenceLine
        right={
          list.dataUpdatedAt > 0
            ? [{ key: "at", text: <RelativeTime at={new Date(list.dataUpdatedAt)} /> }]
            : []
        }
      >
        Tables from the lake's catalog, models from the registry, reports and dashboards from here
      </EvidenceLine>
      {making !== null && (
        <NewContentDialog kind={making} onClose={() => setMaking(null)} workspace={workspace} />
      )}
    </>
  );
}
