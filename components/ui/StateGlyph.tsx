import type { ReactElement } from "react";
import { classNames } from "./class-names";
import { type ShownState, type Silhouette, STATE_APPEARANCES } from "./prepare-state";

const SHAPES: Record<Silhouette, ReactElement> = {
  tick: (
    <>
      <circle cx="6" cy="6" r="5" fill="currentColor" />
      <path d="M3.6 6.2 5.3 7.9 8.5 4.4" fill="none" stroke="var(--panel)" strokeWidth="1.5" />
    </>
  ),
  bar: (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M3.5 6h5" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  half: (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1.75a4.25 4.25 0 0 1 0 8.5z" fill="currentColor" />
    </>
  ),
  ring: <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  dash: <path d="M2 6h8" stroke="currentColor" strokeWidth="1.75" />,
  triangle: (
    <>
      <path d="M6 .8 11.6 10.9H.4z" fill="currentColor" />
      <path d="M6 4.2v3.1M6 8.4v1.2" stroke="var(--panel)" strokeWidth="1.4" />
    </>
  ),
  "open-triangle": <path d="M6 1.6 10.9 10.4H1.1z" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  cross: (
    <>
      <rect x="1" y="1" width="10" height="10" rx="1" fill="currentColor" />
      <path d="M3.7 3.7l4.6 4.6M8.3 3.7 3.7 8.3" stroke="var(--panel)" strokeWidth="1.5" />
    </>
  ),
  exclaim: (
    <>
      <rect
        x="1.75"
        y="1.75"
        width="8.5"
        height="8.5"
        rx="1"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
      <path d="M6 3.6v3M6 7.6v1.2" stroke="currentColor" strokeWidth="1.4" />
    </>
  ),
  arc: (
    <>
      <path d="M9.9 4.3A4.25 4.25 0 1 0 10.25 6.4" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M10.8 1.4v3.4H7.4" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  slash: (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M3.1 8.9 8.9 3.1" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
};

export type StateGlyphProps = {
  state: ShownState;
  /** Edge in pixels. */
  size?: number;
  /** `shown` (default) writes the word beside it; `spoken` keeps it for screen readers; `none` where a word stands near. */
  word?: "shown" | "spoken" | "none";
  /** Says more than the usual word, for example `retrying 2 of 3`. */
  label?: string;
  className?: string;
};

/** A state as silhouette, word and colour, in that order of importance. */
export function StateGlyph({ state, size = 13, word = "shown", label, className }: StateGlyphProps) {
  const { silhouette, word: usual, colour, turns } = STATE_APPEARANCES[state];
  const text = label ?? usual;
  return (
    <span
      className={classNames("inline-flex items-center gap-[5px] whitespace-nowrap align-bottom", className)}
    >
      <svg
        aria-hidden="true"
        className={classNames("shrink-0", colour, turns && "turning")}
        height={size}
        viewBox="0 0 12 12"
        width={size}
      >
        {SHAPES[silhouette]}
      </svg>
      {word === "shown" && <span>{text}</span>}
      {word === "spoken" && <span className="sr-only">{text}</span>}
    </span>
  );
}
