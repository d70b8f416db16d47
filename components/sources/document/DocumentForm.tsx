"use client";

import { useState } from "react";
import { ConfigForm } from "@/components/form/ConfigForm";
import type { ConfigFormContext } from "@/components/form/form-context";
import { errorsBelow } from "@/components/form/prepare-errors";
import { referenceTo } from "@/components/secrets/prepare-secret";
import { StoreSecretDialog } from "@/components/secrets/StoreSecretDialog";
import type { SecretsHandle } from "@/components/secrets/useSecrets";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import type { InputError } from "@/domain/shared/failure";
import { isRecord } from "@/domain/shared/is-record";
import type { DiscoveredStream } from "@/domain/sources/connector-view";
import { OperationState } from "../connector/OperationState";
import type { SpecHandle } from "../connector/useSpec";
import { SettingsFields } from "../settings/SettingsFields";
import type { ConnectionDraft } from "./useConnectionDraft";

export type DocumentFormProps = {
  name: string;
  draft: ConnectionDraft;
  errors: InputError[];
  spec: SpecHandle;
  secrets: SecretsHandle;
  discovered: DiscoveredStream[] | null;
  whyReadOnly: string | null;
  now: Date;
  onChooseStreams: () => void;
  onJson: () => void;
};

type Asking = Parameters<ConfigFormContext["onStore"]>[0];

/** The document as a form: the connector's own fields, then those of the workbench. Both edit the one text. */
export function DocumentForm(props: DocumentFormProps) {
  const { name, draft, errors, spec, secrets, whyReadOnly } = props;
  const [asking, setAsking] = useState<Asking | null>(null);
  const config = isRecord(draft.value.config) ? draft.value.config : {};
  if (!draft.read.ok) {
    return (
      <EmptyState
        action={<Button onClick={props.onJson}>Go to the JSON</Button>}
        title="The text is no JSON yet."
      >
        The form reads the document from its text. Mend the text first; nothing of it is lost.
      </EmptyState>
    );
  }
  return (
    <>
      {spec.spec === null ? (
        <div className="-mx-3 border-line border-b">
          <OperationState
            doing={`Reading what ${String(draft.value.connector ?? "the connector")} asks for`}
            done={() => null}
            failure={spec.failure}
            isRunning={spec.isRunning}
            onCancel={spec.cancel}
            onRetry={spec.retry}
            operation={spec.operation}
          />
        </div>
      ) : (
        <ConfigForm
          context={{
            secrets: secrets.list,
            whyNotStore: whyReadOnly ?? secrets.whyNot,
            onStore: setAsking,
            connection: name,
          }}
          errors={errorsBelow(errors, "/config")}
          isReadOnly={whyReadOnly !== null}
          onChange={draft.changeConfig}
          schema={spec.spec.connectionSpecification}
          value={config}
        />
      )}
      <SettingsFields
        discovered={props.discovered}
        document={draft.value}
        errors={errors}
        isReadOnly={whyReadOnly !== null}
        name={name}
        now={props.now}
        onChange={draft.change}
        onChooseStreams={props.onChooseStreams}
      />
      {asking !== null && (
        <StoreSecretDialog
          known={secrets.list ?? []}
          onClose={() => setAsking(null)}
          onStored={(stored) => {
            asking.onStored(referenceTo(stored));
            setAsking(null);
          }}
          store={secrets.store}
          suggested={asking.suggested}
          value={asking.value}
        />
      )}
    </>
  );
}
