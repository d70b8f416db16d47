"use client";

import { useRef, useState } from "react";

export type RenameFieldProps = {
  /** What a screen reader calls the field. */
  label: string;
  name: string;
  className: string;
  /** The new name; null where it stays as it was. Called once. */
  onDone: (name: string | null) => void;
};

/** A name that is written in place: Enter and leaving keep it, Escape does not. An empty one changes nothing. */
export function RenameField({ label, name, className, onDone }: RenameFieldProps) {
  const [typed, setTyped] = useState(name);
  const isOver = useRef(false);
  const done = (to: string) => {
    // Taking the field away makes it lose the focus.
    if (isOver.current) return;
    isOver.current = true;
    onDone(to === "" || to === name ? null : to);
  };
  return (
    <input
      aria-label={label}
      // biome-ignore lint/a11y/noAutofocus: the person just asked to write here
      autoFocus
      className={className}
      onBlur={() => done(typed.trim())}
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") done(typed.trim());
        if (event.key === "Escape") done(name);
      }}
      value={typed}
    />
  );
}
