"use client";

import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";

export type QueryStateProps = {
  query: { isPending: boolean; isError: boolean; error: unknown; data: unknown; refetch: () => unknown };
};

/** The bar of a first load and the failure of any; nothing while all is well. */
export function QueryState({ query }: QueryStateProps) {
  if (query.isPending) return <LoadingBar />;
  if (!query.isError) return null;
  return (
    <FailurePanel
      actions={<Button onClick={() => query.refetch()}>Try again</Button>}
      failure={failureOf(query.error)}
      {...(query.data === undefined ? {} : { stillTrue: "What is shown below is as it was last read." })}
    />
  );
}
