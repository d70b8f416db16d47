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
import { Tag } from "@/components/ui/Tag";
import { nameParts } from "./table/as-of-sql";
import { TableBench } from "./table/TableBench";

const REFRESH_MS = 15_000;

/** One table of the lake: its rows now and then, its history, shape, files, branches and upkeep. */
export function TablePage() {
  const params = useParams<{ workspace: string; table: string }>();
  const { workspace } = params;
  const name = decodeURIComponent(params.table);
  const trpc = useTRPC();
  const query = useQuery(trpc.tables.get.queryOptions({ workspace, name }, { refetchInterval: REFRESH_MS }));
  const table = query.data;
  const failure = query.isError ? failureOf(query.error) : null;
  const isGone = failure?.code === "not_found";
  return (
    <>
      <PageHead
        actions={
          <Link className="link" href={`/${workspace}/lakehouse`}>
            All tables
          </Link>
        }
        meta={table !== undefined && <Tag>Iceberg v{table.properties["format-version"] ?? "2"}</Tag>}
        title={<TableName name={name} />}
      />
      {failure !== null && (
        <FailurePanel
          actions={<Button onClick={() => query.refetch()}>Try again</Button>}
          failure={failure}
          {...(table && !isGone ? { stillTrue: "What is below is as it was last read." } : {})}
        />
      )}
      {table !== undefined && !isGone ? (
        <TableBench key={name} table={table} workspace={workspace} />
      ) : (
        <>
          <Panel className="flex-1" isLoading={query.isPending} label="Table">
            {null}
          </Panel>
          <EvidenceLine>{failure === null ? "Reading the table" : "Nothing was read"}</EvidenceLine>
        </>
      )}
    </>
  );
}

function TableName({ name }: { name: string }) {
  const parts = nameParts(name);
  return (
    <code>
      <span className="font-normal text-ink-2">
        {parts
          .slice(0, -1)
          .map((part) => `${part}.`)
          .join("")}
      </span>
      {parts.at(-1)}
    </code>
  );
}
