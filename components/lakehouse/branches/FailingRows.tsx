"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ValueGrid } from "@/components/grid/ValueGrid";
import { useTRPC } from "@/components/trpc";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { PageButtons } from "../rows/PageButtons";

const PAGE = 100;

export type FailingRowsProps = { workspace: string; name: string; branch: string; checkId: string };

/** The rows that failed a check, page by page, for as long as its result is kept. */
export function FailingRows({ workspace, name, branch, checkId }: FailingRowsProps) {
  const trpc = useTRPC();
  const [offset, setOffset] = useState(0);
  const query = useQuery(
    trpc.tables.branches.failingRows.queryOptions(
      { workspace, name, checkId, limit: PAGE, offset },
      { placeholderData: keepPreviousData, retry: false, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  if (query.isError) return <FailurePanel failure={failureOf(query.error)} />;
  if (query.data === undefined) return <LoadingBar label="Reading the rows that fail" />;
  const { columns, rows, nextOffset } = query.data;
  return (
    <>
      <ValueGrid
        columns={columns}
        label={`Rows of ${branch} that fail the check`}
        offset={offset}
        rows={rows}
      />
      {(offset > 0 || nextOffset !== null) && (
        <p className="flex gap-2 px-3 py-1.5">
          <PageButtons nextOffset={nextOffset} offset={offset} onMove={setOffset} pageSize={PAGE} />
        </p>
      )}
    </>
  );
}
