"use client";

import type { FieldProps } from "@rjsf/utils";
import { useState } from "react";
import { isEqualJson } from "@/domain/shared/is-equal-json";
import { Errors } from "./FieldRow";

const written = (value: unknown): string => (value === undefined ? "" : JSON.stringify(value, null, 2));

/** What the text means; an expression stands for itself, without quotes. */
function read(text: string): { ok: true; value: unknown } | { ok: false } {
  const trimmed = text.trim();
  if (trimmed === "") return { ok: true, value: undefined };
  if (trimmed.startsWith("{{") && trimmed.endsWith("}}")) return { ok: true, value: trimmed };
  try {
    return { ok: true, value: JSON.parse(trimmed) };
  } catch {
    return { ok: false };
  }
}

/** A value whose shape no schema knows, as JSON. Half a text changes nothing. */
export function JsonField({
  fieldPathId,
  formData,
  onChange,
  disabled,
  readonly,
  rawErrors,
  schema,
}: FieldProps) {
  const [typed, setTyped] = useState(() => written(formData));
  const meant = read(typed);
  // Somebody else changed the value, or an undo did: what stands in the document is shown.
  const isOwn = !meant.ok || isEqualJson(meant.value ?? null, formData ?? null);
  const text = isOwn ? typed : written(formData);
  const id = fieldPathId.$id;
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  return (
    <>
      <textarea
        aria-describedby={`${id}-note`}
        aria-invalid={!meant.ok || (rawErrors?.length ?? 0) > 0}
        className="w-full min-w-0 resize-y rounded-2 border border-ctl bg-raised px-2 py-1 font-mono text-12 text-ink aria-[invalid=true]:border-2 aria-[invalid=true]:border-err"
        id={id}
        onChange={(event) => {
          setTyped(event.target.value);
          const next = read(event.target.value);
          if (next.ok) onChange(next.value, fieldPathId.path);
        }}
        placeholder={example === undefined ? "" : `such as ${JSON.stringify(example)}`}
        readOnly={disabled === true || readonly === true}
        rows={Math.min(10, Math.max(2, text.split("\n").length))}
        spellCheck={false}
        value={text}
      />
      {!meant.ok && <Errors errors={["This is no JSON yet. Texts stand in quotes."]} />}
    </>
  );
}
