"use client";

import type { WidgetProps } from "@rjsf/utils";
import { KeyRound } from "lucide-react";
import {
  referenceTo,
  type SecretFieldState,
  secretField,
  suggestSecretName,
} from "@/components/secrets/prepare-secret";
import { Button } from "@/components/ui/Button";
import { CONTROL_CLASS } from "@/components/ui/Field";
import { formatDay } from "@/components/ui/format";
import { Menu, type MenuItem } from "@/components/ui/Menu";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { SecretView } from "@/domain/sources/secret-view";
import type { ConfigFormContext } from "./form-context";

/** A field whose value is a secret: it holds the name of one, never the value. */
export function SecretInput(props: WidgetProps) {
  const { id, name, value, onChange, registry, disabled, readonly, rawErrors = [] } = props;
  const { secrets, whyNotStore, onStore, connection }: ConfigFormContext = registry.formContext;
  const isOff = (disabled ?? false) || (readonly ?? false);
  const state = secretField(value, secrets);
  const suggested =
    state.kind === "missing" || state.kind === "found" ? state.name : suggestSecretName(connection, name);
  const store = () =>
    onStore({ suggested, value: state.kind === "plain" ? String(value) : "", onStored: onChange });
  const whyNot = isOff ? "The document is read only here." : whyNotStore;
  const hasReference = state.kind !== "empty" && state.kind !== "plain";
  return (
    <>
      <div className="flex gap-1">
        <input
          aria-describedby={`${id}-state ${id}-note`}
          aria-invalid={rawErrors.length > 0 || state.kind === "plain"}
          autoComplete="off"
          className={`${CONTROL_CLASS} font-mono ${hasReference ? "!bg-accent-wash" : ""}`}
          id={id}
          onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
          placeholder={`\${${suggested}}`}
          readOnly={isOff}
          spellCheck={false}
          type={state.kind === "plain" ? "password" : "text"}
          value={typeof value === "string" ? value : ""}
        />
        <SecretMenu
          name={name}
          onChoose={(secret) => onChange(referenceTo(secret))}
          onStore={store}
          secrets={secrets ?? []}
          state={state}
          whyNot={whyNot}
        />
      </div>
      <p className="mt-1 text-12 text-ink-2" id={`${id}-state`}>
        <SecretState state={state} />
        {whyNot === null && <StoreLink onStore={store} state={state} />}
      </p>
    </>
  );
}

function StoreLink({ state, onStore }: { state: SecretFieldState; onStore: () => void }) {
  if (state.kind !== "missing" && state.kind !== "plain") return null;
  return (
    <button className="link ml-1" onClick={onStore} type="button">
      {state.kind === "plain" ? "Make it a secret" : "Store it"}
    </button>
  );
}

type SecretMenuProps = {
  name: string;
  state: SecretFieldState;
  secrets: SecretView[];
  whyNot: string | null;
  onStore: () => void;
  onChoose: (secret: string) => void;
};

function SecretMenu({ name, state, secrets, whyNot, onStore, onChoose }: SecretMenuProps) {
  const items: MenuItem[] = [
    {
      kind: "action",
      key: "store",
      label: state.kind === "found" ? `Set ${state.name} anew` : "Store a new secret",
      onSelect: onStore,
    },
    ...secrets.map((secret) => ({
      kind: "action" as const,
      key: secret.name,
      label: <code>{secret.name}</code>,
      hint: `set ${formatDay(secret.setAt)}`,
      onSelect: () => onChoose(secret.name),
    })),
  ];
  const button = (
    <Button
      aria-label={`${name}: Secret`}
      disabledReason={whyNot}
      icon={<KeyRound aria-hidden="true" size={13} />}
      title="Choose or store a secret"
    />
  );
  return whyNot === null ? <Menu items={items} trigger={button} /> : button;
}

function SecretState({ state }: { state: SecretFieldState }) {
  switch (state.kind) {
    case "empty":
      return "Name a secret of the workspace. Its value is never shown, logged or exported.";
    case "plain":
      return (
        <>
          <StateGlyph className="mr-1 align-middle" size={11} state="failed" word="none" />
          This is the value itself. A document holds the name of a secret only.
        </>
      );
    case "unknown":
      return (
        <>
          Names the secret <code>{state.name}</code> of this workspace.
        </>
      );
    case "missing":
      return (
        <>
          <StateGlyph className="mr-1 align-middle" size={11} state="failed" word="none" />
          <code>{state.name}</code> is not set in this workspace.
        </>
      );
    case "found":
      return (
        <>
          <StateGlyph className="mr-1 align-middle" size={11} state="succeeded" word="none" />
          Found in the workspace's secrets, set {formatDay(state.secret.setAt)} by {state.secret.setBy}. The
          value is never shown, logged or exported.
        </>
      );
  }
}
