"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { useSecrets } from "@/components/secrets/useSecrets";
import { classNames } from "@/components/ui/class-names";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { Panel } from "@/components/ui/Panel";
import { Tag } from "@/components/ui/Tag";
import type { DiscoveredStream } from "@/domain/sources/connector-view";
import type { OperationHandle } from "../connector/useOperation";
import type { SpecHandle } from "../connector/useSpec";
import { ConflictNotice } from "./ConflictNotice";
import { DocumentFoot } from "./DocumentFoot";
import { JsonView } from "./JsonView";
import type { ConnectionDraft } from "./useConnectionDraft";
import { useSaveDocument } from "./useSaveDocument";

const DocumentForm = dynamic(() => import("./DocumentForm").then((module) => module.DocumentForm), {
  ssr: false,
  loading: () => <p className="p-3 text-ink-2">Opening the form</p>,
});

export type DocumentPaneProps = {
  workspace: string;
  /** The name it has or is to have; may be empty while it is new. */
  name: string;
  isNew: boolean;
  /** Stands above the form, for example the name of a new connection. */
  head?: ReactNode;
  draft: ConnectionDraft;
  storedVersion: number;
  /** What is stored is a draft, not a current version. */
  isStoredDraft: boolean;
  spec: SpecHandle;
  check: OperationHandle;
  discovered: DiscoveredStream[] | null;
  view: "form" | "json";
  onView: (view: "form" | "json") => void;
  whyReadOnly: string | null;
  whyNotTest: string | null;
  now: Date;
  onTest: () => void;
  onChooseStreams: () => void;
  onSaved: (name: string) => void;
};

/** The one document of a connection, as form or as text: tested, then saved as a version. */
export function DocumentPane(props: DocumentPaneProps) {
  const { workspace, name, isNew, isStoredDraft, storedVersion, draft, spec, whyReadOnly, view } = props;
  const secrets = useSecrets(workspace);
  const saving = useSaveDocument({
    workspace,
    name,
    isNew,
    isStoredDraft,
    storedVersion,
    draft,
    specification: spec.spec?.connectionSpecification ?? null,
    whyReadOnly,
    onSaved: props.onSaved,
  });
  const connector = String(draft.value.connector ?? "");
  return (
    <Panel bodyClassName="flex flex-col" className="border-line-2 desk:border-l" label="Document">
      <div className="flex min-h-10 shrink-0 items-center gap-x-2 border-line-2 border-b px-3">
        <h2 className="min-w-0 flex-1 truncate font-mono font-semibold text-13" title={name}>
          {name || "New connection"}
        </h2>
        {draft.isDirty && !isNew && <Tag kind="warn">not saved</Tag>}
        {!draft.isDirty && isStoredDraft && <Tag>draft</Tag>}
        <ViewSwitch onView={props.onView} view={view} />
      </div>
      {saving.isConflict && (
        <ConflictNotice
          isBusy={saving.isBusy}
          onOverwrite={saving.overwrite}
          onTakeTheirs={saving.takeTheirs}
          version={storedVersion}
        />
      )}
      {saving.failure !== null && !saving.isConflict && (
        <FailurePanel failure={saving.failure} stillTrue="Your changes are still here." />
      )}
      <div className="min-h-0 flex-1 overflow-y-auto">
        {view === "json" ? (
          <JsonView
            errors={saving.shown}
            isReadOnly={whyReadOnly !== null}
            name={name}
            onText={draft.setText}
            read={draft.read}
            text={draft.text}
          />
        ) : (
          <div className="px-3 pb-3">
            {props.head}
            <DocumentForm
              discovered={props.discovered}
              draft={draft}
              errors={saving.shown}
              name={name}
              now={props.now}
              onChooseStreams={props.onChooseStreams}
              onJson={() => props.onView("json")}
              secrets={secrets}
              spec={spec}
              whyReadOnly={whyReadOnly}
            />
          </div>
        )}
      </div>
      <DocumentFoot
        builtFrom={spec.spec ? `${connector}@${spec.spec.version}` : connector}
        check={props.check}
        draft={draft}
        isNew={isNew}
        isReadOnly={whyReadOnly !== null}
        name={name}
        onTest={props.onTest}
        saving={saving}
        whyNotTest={props.whyNotTest}
      />
    </Panel>
  );
}

function ViewSwitch({ view, onView }: Pick<DocumentPaneProps, "view" | "onView">) {
  return (
    <fieldset
      aria-label="View of the document"
      className="flex h-6 shrink-0 rounded-2 border border-ctl text-12"
    >
      {(["form", "json"] as const).map((each) => (
        <button
          aria-pressed={view === each}
          className={classNames(
            "px-2.5",
            view === each ? "bg-ink font-semibold text-panel" : "hover:bg-hover",
          )}
          key={each}
          onClick={() => onView(each)}
          type="button"
        >
          {each === "form" ? "Form" : "JSON"}
        </button>
      ))}
    </fieldset>
  );
}
