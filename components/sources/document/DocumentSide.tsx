"use client";

import { useTRPCClient } from "@/components/trpc";
import { useMyRole } from "@/components/ui/useMyRole";
import { useQueryParam } from "@/components/ui/useQueryParam";
import type { ConnectionView } from "@/domain/sources/connection-view";
import { useOperation } from "../connector/useOperation";
import { useSpec } from "../connector/useSpec";
import { ChooserPane } from "../streams/ChooserPane";
import { DocumentPane } from "./DocumentPane";
import { useConnectionDraft } from "./useConnectionDraft";

export type DocumentSideProps = {
  workspace: string;
  connection: ConnectionView;
  now: Date;
  isChoosing: boolean;
  onChoosing: (isChoosing: boolean) => void;
};

/** The document of a stored connection at the right; while streams are chosen, the chooser in the middle. */
export function DocumentSide({ workspace, connection, now, isChoosing, onChoosing }: DocumentSideProps) {
  const client = useTRPCClient();
  const { whyNot } = useMyRole(workspace);
  const view = useQueryParam("view");
  const { name } = connection;
  const stored = connection.draft ?? connection;
  const draft = useConnectionDraft(name, { document: stored.document, version: connection.latestVersion });
  const connector = typeof draft.value.connector === "string" ? draft.value.connector : connection.connector;
  const version = typeof draft.value.version === "string" ? draft.value.version : null;
  const spec = useSpec(workspace, connector, version);
  const check = useOperation(workspace);
  const discovery = useOperation(workspace);
  const discovered = discovery.operation?.streams ?? null;
  const whyReadOnly = whyNot("engineer");
  // The stored document is checked by its name, so that an analyst may do it; changes are checked as they are.
  const isStored = !draft.isDirty && connection.draft === null;
  const subject = { workspace, name, ...(isStored ? {} : { document: draft.value }) };
  const whyNotAsk =
    (isStored ? whyNot("analyst") : whyReadOnly) ?? (draft.read.ok ? null : "The text is no JSON yet.");
  const discover = () => discovery.run(() => client.sources.discover.mutate(subject));
  return (
    <>
      {isChoosing && (
        <ChooserPane
          discovery={discovery}
          draft={draft}
          isReadOnly={whyReadOnly !== null}
          onDiscover={discover}
          onDone={() => onChoosing(false)}
          whyNotDiscover={whyNotAsk}
        />
      )}
      <DocumentPane
        check={check}
        discovered={discovered}
        draft={draft}
        isNew={false}
        isStoredDraft={connection.draft !== null}
        name={name}
        now={now}
        onChooseStreams={() => {
          onChoosing(true);
          if (discovery.operation === null && whyNotAsk === null) discover();
        }}
        onSaved={() => onChoosing(false)}
        onTest={() => check.run(() => client.sources.check.mutate(subject))}
        onView={(next) => view.set(next === "form" ? null : next)}
        spec={spec}
        storedVersion={connection.latestVersion}
        view={view.value === "json" ? "json" : "form"}
        whyNotTest={whyNotAsk}
        whyReadOnly={whyReadOnly}
        workspace={workspace}
      />
    </>
  );
}
