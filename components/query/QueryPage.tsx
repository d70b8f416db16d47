"use client";

import dynamic from "next/dynamic";
import { useParams } from "next/navigation";
import { useWorkbench } from "@/components/shell/workbench";
import { LoadingBar } from "@/components/ui/LoadingBar";

const QueryBench = dynamic(() => import("./page/QueryBench").then((module) => module.QueryBench), {
  ssr: false,
  loading: () => <LoadingBar />,
});

/** SQL over every table of the workspace. */
export function QueryPage() {
  const { workspace } = useParams<{ workspace: string }>();
  const { me } = useWorkbench();
  return (
    <>
      <h1 className="sr-only">Query</h1>
      <QueryBench key={workspace} person={me.id} workspace={workspace} />
    </>
  );
}
