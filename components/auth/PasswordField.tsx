"use client";

import { useState } from "react";
import { TextField } from "@/components/ui/Field";
import { formatCount } from "@/components/ui/format";

export const MIN_PASSWORD_LENGTH = 12;

/** A password that is being set: its length is its one rule. */
export function PasswordField({
  label,
  name,
  error,
}: {
  label: string;
  name: string;
  error?: string | null;
}) {
  const [length, setLength] = useState(0);
  const isShort = length > 0 && length < MIN_PASSWORD_LENGTH;
  return (
    <TextField
      autoComplete="new-password"
      error={error}
      help={
        <>
          {length > 0 && `${formatCount(length, "character")}. `}
          <span className={isShort ? "font-semibold text-ink" : ""}>At least {MIN_PASSWORD_LENGTH}.</span>{" "}
          Length is the one rule.
        </>
      }
      label={label}
      maxLength={256}
      minLength={MIN_PASSWORD_LENGTH}
      name={name}
      onChange={(event) => setLength(event.target.value.length)}
      required
      type="password"
    />
  );
}
