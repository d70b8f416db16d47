"use client";

import { type InputHTMLAttributes, type ReactNode, useId } from "react";
import { classNames } from "./class-names";
import { StateGlyph } from "./StateGlyph";

/** The looks of one-line controls. */
export const CONTROL_CLASS =
  "h-[26px] w-full min-w-0 rounded-2 border border-ctl bg-raised px-2 text-13 text-ink aria-[invalid=true]:border-err aria-[invalid=true]:border-2";

export type FieldProps = {
  /** The real key, in mono. */
  label: string;
  help?: ReactNode;
  /** Field, fact, reason, fix. Takes the place of the help. */
  error?: string | null | undefined;
  /** Draws the control; spread `controlProps` on it. */
  children: (controlProps: {
    id: string;
    "aria-describedby"?: string;
    "aria-invalid"?: boolean;
  }) => ReactNode;
};

/** Label column, control, then help or error below. */
export function Field({ label, help, error, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = Boolean(error) || help !== undefined;
  return (
    <div className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-3 border-line border-b py-2.5">
      <label className="pt-1 font-mono text-12 text-ink-2" htmlFor={id}>
        {label}
      </label>
      <div>
        {children({
          id,
          ...(hasNote ? { "aria-describedby": noteId } : {}),
          ...(error ? { "aria-invalid": true } : {}),
        })}
        {hasNote && (
          <p className={classNames("mt-1 text-12", error ? "text-err" : "text-ink-2")} id={noteId}>
            {error ? (
              <>
                <StateGlyph className="mr-1 align-middle" size={11} state="failed" word="none" />
                {error}
              </>
            ) : (
              help
            )}
          </p>
        )}
      </div>
    </div>
  );
}

export type TextFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, "id" | "className"> &
  Omit<FieldProps, "children"> & { isMono?: boolean };

/** A Field with one line of text. */
export function TextField({ label, help, error, isMono, ...input }: TextFieldProps) {
  return (
    <Field error={error} help={help} label={label}>
      {(controlProps) => (
        <input {...input} {...controlProps} className={classNames(CONTROL_CLASS, isMono && "font-mono")} />
      )}
    </Field>
  );
}
