"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { PageHead } from "@/components/ui/PageHead";
import { Panel } from "@/components/ui/Panel";
import { DataSetKind } from "@/domain/datasets/data-set-record";
import { DataSetBench } from "./DataSetBench";

const REFRESH_MS = 15_000;

/** One data set: what it holds where it is read here, its versions, and what was published of it. */
export function DataSetPage() {
  const params = useParams<{ workspace: string; kind: string; name: string }>();
  const { workspace } = params;
  const name = decodeURIComponent(params.name);
  const kind = DataSetKind.options.find((each) => each === params.kind);
  const trpc = useTRPC();
  const query = useQuery(
    trpc.datasets.get.queryOptions(
      { workspace, name, kind: kind ?? "report" },
      { enabled: kind !== undefined, refetchInterval: REFRESH_MS, retry: false },
    ),
  );
  const failure =
    kind === undefined
      ? { code: "not_found", message: `There is no kind of data set ${params.kind}.`, hint: null }
      : query.isError
        ? failureOf(query.error)
        : null;
  const isGone = failure?.code === "not_found";
  if (query.data !== undefined && !isGone)
    return (
      <DataSetBench dataSet={query.data} failure={failure} key={`${kind} ${name}`} workspace={workspace} />
    );
  return (
    <>
      <PageHead
        actions={
          <Link className="link" href={`/${workspace}/datasets`}>
            All data sets
          </Link>
        }
        title={name}
      />
      {failure !== null && (
        <FailurePanel
          actions={<Button onClick={() => query.refetch()}>Try again</Button>}
          failure={failure}
        />
      )}
      <Panel className="flex-1" isLoading={kind !== undefined && query.isPending} label="Data set">
        {null}
      </Panel>
      <EvidenceLine>{failure === null ? "Reading the data set" : "Nothing was read"}</EvidenceLine>
    </>
  );
}
