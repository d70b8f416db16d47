"use client";

import { type FormEvent, useState } from "react";
import { referenceTo } from "@/components/secrets/prepare-secret";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { Field, TextField } from "@/components/ui/Field";
import type { ShownFailure } from "@/components/ui/failure-of";
import { fieldError } from "@/components/ui/field-error";
import { readProperties, spellProperties } from "./prepare-properties";
import type { CatalogFields } from "./useCatalogDocuments";

export type CatalogFormProps = {
  /** What is changed; null for another one. */
  known: CatalogFields | null;
  failure: ShownFailure | null;
  isBusy: boolean;
  onCancel: () => void;
  onSave: (fields: CatalogFields) => void;
};

/** A catalog's name, its connector and the properties that Trino takes for it. */
export function CatalogForm({ known, failure, isBusy, onCancel, onSave }: CatalogFormProps) {
  const [name, setName] = useState(known?.name ?? "");
  const [connector, setConnector] = useState(known?.connector ?? "");
  const [text, setText] = useState(() => spellProperties(known?.properties ?? {}));
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readProperties(text);
    setProblem("problem" in read ? read.problem : null);
    if ("properties" in read) {
      onSave({ name: name.trim(), connector: connector.trim(), properties: read.properties });
    }
  };
  return (
    <form onSubmit={submit}>
      {failure !== null && <FailurePanel className="mb-2" failure={failure} />}
      <TextField
        autoComplete="off"
        error={fieldError(failure, "name")}
        help="As statements spell it: snowflake in snowflake.public.orders."
        isMono
        label="name"
        onChange={(event) => setName(event.target.value)}
        readOnly={known !== null}
        required
        spellCheck={false}
        value={name}
      />
      <TextField
        autoComplete="off"
        error={fieldError(failure, "connector")}
        help="As Trino's documentation names it: snowflake, bigquery, mysql."
        isMono
        label="connector"
        onChange={(event) => setConnector(event.target.value)}
        required
        spellCheck={false}
        value={connector}
      />
      <Field
        error={problem}
        help={`One a line, name = value. A secret is named, as in connection-password = ${referenceTo("SNOWFLAKE_PASSWORD")}.`}
        label="properties"
      >
        {(control) => (
          <textarea
            {...control}
            className="w-full min-w-0 resize-y rounded-2 border border-ctl bg-raised px-2 py-1 font-mono text-12 text-ink"
            onChange={(event) => setText(event.target.value)}
            rows={6}
            spellCheck={false}
            value={text}
          />
        )}
      </Field>
      <div className="mt-3 flex justify-end gap-2">
        <Button onClick={onCancel}>Back to the list</Button>
        <Button busy={isBusy} kind="primary" type="submit">
          {known === null ? "Add catalog" : "Save catalog"}
        </Button>
      </div>
    </form>
  );
}
