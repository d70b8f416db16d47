"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc";
import { TextField } from "@/components/ui/Field";
import { formatCount } from "@/components/ui/format";
import { PageHead } from "@/components/ui/PageHead";
import { useMyRole } from "@/components/ui/useMyRole";
import { useNow } from "@/components/ui/useNow";
import { useQueryParam } from "@/components/ui/useQueryParam";
import { useOperation } from "./connector/useOperation";
import { useSpec } from "./connector/useSpec";
import { DocumentPane } from "./document/DocumentPane";
import { newDocument, whyNotName } from "./document/new-document";
import { useConnectionDraft } from "./document/useConnectionDraft";
import { ChooserPane } from "./streams/ChooserPane";

export type NewConnectionProps = { workspace: string; connector: string; version: string | null };

/** A connection that is not stored yet: what the connector asks for, a test, the streams, and saving it. */
export function NewConnection({ workspace, connector, version }: NewConnectionProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const { whyNot } = useMyRole(workspace);
  const view = useQueryParam("view");
  const [name, setName] = useState("");
  const spec = useSpec(workspace, connector, version);
  const check = useOperation(workspace);
  const discovery = useOperation(workspace);
  const now = useNow(false);
  const taken = useQuery(trpc.sources.list.queryOptions({ workspace })).data?.map((one) => one.name) ?? [];
  const specification = spec.spec?.connectionSpecification ?? null;
  const stored = useMemo(
    () => ({ document: newDocument(connector, version, specification), version: 0 }),
    [connector, version, specification],
  );
  const draft = useConnectionDraft(`new ${connector}`, stored);
  const nameProblem = name === "" ? null : whyNotName(name, taken);
  const subject = { workspace, ...(name === "" ? {} : { name }), document: draft.value };
  const whyNotAsk = spec.spec === null ? "The connector is not ready yet." : whyNot("engineer");
  const streams = Array.isArray(draft.value.streams) ? draft.value.streams.length : 0;
  return (
    <div className="grid min-h-0 min-w-0 grid-cols-1 overflow-y-auto desk:grid-cols-[minmax(0,1fr)_372px] desk:overflow-hidden wide:grid-cols-[minmax(0,1fr)_440px]">
      <div className="flex min-h-80 min-w-0 flex-col">
        <PageHead
          meta={
            <>
              <span>2 of 2:</span>
              <code>
                {connector}
                {spec.spec ? ` ${spec.spec.version}` : ""}
              </code>
              {spec.spec?.documentationUrl && (
                <a className="link" href={spec.spec.documentationUrl} rel="noreferrer" target="_blank">
                  its documentation
                </a>
              )}
              <Link className="link" href={`/${workspace}/sources/new`}>
                Another connector
              </Link>
            </>
          }
          title="Add connection"
        />
        <Steps
          isReady={spec.spec !== null}
          isTested={check.operation?.check?.ok === true}
          streams={streams}
        />
        <div className="flex min-h-72 flex-1 flex-col border-line-2 border-t">
          <ChooserPane
            discovery={discovery}
            draft={draft}
            isReadOnly={false}
            onDiscover={() => discovery.run(() => client.sources.discover.mutate(subject))}
            onDone={null}
            whyNotDiscover={whyNotAsk}
          />
        </div>
      </div>
      <DocumentPane
        check={check}
        discovered={discovery.operation?.streams ?? null}
        draft={draft}
        head={
          <TextField
            autoComplete="off"
            error={nameProblem}
            help="Names its address and its tables; it cannot be changed later."
            isMono
            label="name"
            onChange={(event) => setName(event.target.value)}
            placeholder="shop-orders"
            spellCheck={false}
            value={name}
          />
        }
        isNew
        isStoredDraft={false}
        name={nameProblem === null ? name : ""}
        now={now}
        onChooseStreams={() => discovery.run(() => client.sources.discover.mutate(subject))}
        onSaved={(saved) => router.push(`/${workspace}/sources/${encodeURIComponent(saved)}`)}
        onTest={() => check.run(() => client.sources.check.mutate(subject))}
        onView={(next) => view.set(next === "form" ? null : next)}
        spec={spec}
        storedVersion={0}
        view={view.value === "json" ? "json" : "form"}
        whyNotTest={whyNotAsk}
        whyReadOnly={null}
        workspace={workspace}
      />
    </div>
  );
}

function Steps({ isReady, isTested, streams }: { isReady: boolean; isTested: boolean; streams: number }) {
  const steps = [
    {
      text: "Fill in the form at the right and give it a name.",
      isDone: isReady && (isTested || streams > 0),
    },
    { text: "Test it: the connector tries to reach the source.", isDone: isTested },
    {
      text:
        streams > 0
          ? `Choose streams: ${formatCount(streams, "stream")} so far.`
          : "Look at the source and choose streams.",
      isDone: streams > 0,
    },
    { text: "Save. Nothing is read before you sync or the clock says so.", isDone: false },
  ];
  return (
    <ol className="list-inside list-decimal px-3 py-2 text-12">
      {steps.map(({ text, isDone }) => (
        <li className={isDone ? "text-ink-3" : "text-ink"} key={text}>
          {text}
          {isDone && <span className="sr-only"> Done.</span>}
        </li>
      ))}
    </ol>
  );
}
