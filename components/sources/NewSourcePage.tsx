"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useParams, useRouter } from "next/navigation";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { PageHead } from "@/components/ui/PageHead";
import { useMyRole } from "@/components/ui/useMyRole";
import { useQueryParam } from "@/components/ui/useQueryParam";
import { ConnectorPicker } from "./connector/ConnectorPicker";

const NewConnection = dynamic(() => import("./NewConnection").then((module) => module.NewConnection), {
  ssr: false,
  loading: () => <div className="bg-panel p-3 text-ink-2">Opening the form</div>,
});

/** A connection is added: first the connector is chosen, then its form is filled in, tested and saved. */
export function NewSourcePage() {
  const { workspace } = useParams<{ workspace: string }>();
  const { whyNot } = useMyRole(workspace);
  const connector = useQueryParam("connector").value;
  const version = useQueryParam("version").value;
  const whyNotAdd = whyNot("engineer");
  if (whyNotAdd !== null) {
    return (
      <>
        <div className="bg-panel">
          <PageHead title="Add connection" />
          <EmptyState title="You cannot add a connection here.">{whyNotAdd}</EmptyState>
        </div>
        <div className="col-span-full">
          <EvidenceLine>Nothing was read</EvidenceLine>
        </div>
      </>
    );
  }
  return (
    <>
      {connector === null ? (
        <Picker workspace={workspace} />
      ) : (
        <NewConnection
          connector={connector}
          key={`${connector}@${version ?? ""}`}
          version={version}
          workspace={workspace}
        />
      )}
      <div className="col-span-full">
        <EvidenceLine>
          {connector === null
            ? "Connectors that Benchwright was tested with; any other Python connector of PyPI runs too"
            : "Nothing is stored before you save"}
        </EvidenceLine>
      </div>
    </>
  );
}

function Picker({ workspace }: { workspace: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const list = useQuery(
    trpc.connectors.list.queryOptions({ workspace }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const hrefOf = (connector: string, version = "") => {
    const query = new URLSearchParams({ connector, ...(version === "" ? {} : { version }) });
    return `/${workspace}/sources/new?${query}`;
  };
  return (
    <div className="flex min-h-0 min-w-0 flex-col bg-panel">
      <PageHead meta="1 of 2: the connector" title="Add connection" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {list.isError && (
          <FailurePanel
            actions={<Button onClick={() => list.refetch()}>Try again</Button>}
            failure={failureOf(list.error)}
          />
        )}
        <ConnectorPicker
          connectors={list.data ?? null}
          hrefOf={hrefOf}
          onOther={(connector, version) => router.push(hrefOf(connector, version))}
        />
      </div>
    </div>
  );
}
