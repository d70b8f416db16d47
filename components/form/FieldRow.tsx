"use client";

import { type ReactNode, useState } from "react";
import { BreakableName } from "@/components/ui/BreakableName";
import { classNames } from "@/components/ui/class-names";
import { StateGlyph } from "@/components/ui/StateGlyph";

export type FieldRowProps = {
  id: string;
  /** The real key. */
  name: string;
  isRequired: boolean;
  help: string;
  errors: readonly string[];
  /** A control without an element that a label can name. */
  isGroup?: boolean;
  aside?: ReactNode;
  children: ReactNode;
};

/** As long as help may be before it folds. */
const LONG = 150;

/** Label column in mono, control, then the error or the help. */
export function FieldRow({ id, name, isRequired, help, errors, isGroup, aside, children }: FieldRowProps) {
  const label = (
    <>
      <BreakableName name={name} />
      {isRequired && (
        <span className="ml-0.5 text-ink-3" title="Needed">
          <span aria-hidden="true">*</span>
          <span className="sr-only">, needed</span>
        </span>
      )}
    </>
  );
  const labelClass = "pt-1 font-mono text-12 text-ink [overflow-wrap:anywhere]";
  return (
    <div className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-3 border-line border-b py-1.5">
      {isGroup ? (
        <span className={labelClass} id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label className={labelClass} htmlFor={id}>
          {label}
        </label>
      )}
      <div className="min-w-0">
        {children}
        <div id={`${id}-note`}>{errors.length > 0 ? <Errors errors={errors} /> : <Help text={help} />}</div>
        {aside}
      </div>
    </div>
  );
}

export function Errors({ errors }: { errors: readonly string[] }) {
  return (
    <ul className="mt-1 text-12 text-err">
      {[...new Set(errors)].map((error) => (
        <li className="flex gap-1" key={error}>
          <StateGlyph className="h-4 shrink-0" size={11} state="failed" word="none" />
          <span className="min-w-0 [overflow-wrap:anywhere]">{error}</span>
        </li>
      ))}
    </ul>
  );
}

export function Help({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length > LONG;
  if (text === "") return null;
  return (
    <p className="mt-1 text-12 text-ink-2 [overflow-wrap:anywhere]">
      <span className={classNames(isLong && !isOpen && "line-clamp-2")}>{text}</span>
      {isLong && (
        <button
          aria-expanded={isOpen}
          className="link"
          onClick={() => setOpen(!isOpen)}
          title={isOpen ? "Fold the help" : "Read all of the help"}
          type="button"
        >
          {isOpen ? "less" : "more"}
        </button>
      )}
    </p>
  );
}
