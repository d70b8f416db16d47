"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS, Field, TextField } from "@/components/ui/Field";
import { failureOf } from "@/components/ui/failure-of";
import { fieldError } from "@/components/ui/field-error";
import { NotificationChannel } from "@/domain/pipelines/notify/notification-rules";

export type NewTarget = { channel: NotificationChannel; name: string; url?: string; addresses?: string[] };

export type TargetFormProps = {
  isBusy: boolean;
  /** Of the last try; null where it went well. */
  error: unknown;
  /** Calls `onDone` once it is set: the form is emptied for the next one. */
  onSet: (target: NewTarget, onDone: () => void) => void;
};

const CHANNELS: Record<NotificationChannel, { label: string; name: string }> = {
  slack: { label: "Slack webhook", name: "#ml-ops-alerts" },
  email: { label: "mail", name: "ml-team" },
  webhook: { label: "webhook of one's own", name: "on-call" },
};

/** Names a target and says where it leads. A name that is set already is set anew. */
export function TargetForm({ isBusy, error, onSet }: TargetFormProps) {
  const [channel, setChannel] = useState<NotificationChannel>("slack");
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const failure = error === null ? null : failureOf(error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const where =
      channel === "email"
        ? { addresses: address.split(/[\s,;]+/).filter((each) => each !== "") }
        : { url: address.trim() };
    onSet({ channel, name: name.trim(), ...where }, () => {
      setName("");
      setAddress("");
    });
  };
  return (
    <form className="max-w-[560px] px-3 pb-3" onSubmit={submit}>
      {failure !== null && <FailurePanel className="mt-3" failure={failure} />}
      <Field label="channel">
        {(control) => (
          <select
            {...control}
            className={CONTROL_CLASS}
            onChange={(event) => setChannel(event.target.value as NotificationChannel)}
            value={channel}
          >
            {NotificationChannel.options.map((each) => (
              <option key={each} value={each}>
                {CHANNELS[each].label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField
        error={fieldError(failure, "name")}
        help="The target that documents name under notifications."
        label="name"
        maxLength={200}
        onChange={(event) => setName(event.target.value)}
        placeholder={CHANNELS[channel].name}
        required
        value={name}
      />
      {channel === "email" ? (
        <TextField
          error={fieldError(failure, "addresses/0") ?? fieldError(failure, "addresses")}
          help="Divided by commas. A document may also name a mail address itself."
          label="addresses"
          onChange={(event) => setAddress(event.target.value)}
          required
          value={address}
        />
      ) : (
        <TextField
          autoComplete="off"
          error={fieldError(failure, "url")}
          help="It is kept encrypted and never shown again."
          label="url"
          onChange={(event) => setAddress(event.target.value)}
          placeholder={channel === "slack" ? "https://hooks.slack.com/services/…" : "https://"}
          required
          spellCheck={false}
          type="url"
          value={address}
        />
      )}
      <Button busy={isBusy} className="mt-3" kind="primary" type="submit">
        Set target
      </Button>
    </form>
  );
}
