"use client";

import { cloneElement, type ReactElement, useEffect, useId, useState } from "react";
import { createPortal } from "react-dom";

type Place = { left: number; top: number; isAbove: boolean };

const GAP = 4;
const WIDEST = 320;

function placeOf(element: Element): Place {
  const box = element.getBoundingClientRect();
  const isAbove = box.bottom + 80 > window.innerHeight;
  return {
    left: Math.max(8, Math.min(box.left, window.innerWidth - WIDEST - 8)),
    top: isAbove ? box.top - GAP : box.bottom + GAP,
    isAbove,
  };
}

export type TooltipProps = { text: string; children: ReactElement<{ "aria-describedby"?: string }> };

/** A sentence about the control that it wraps, on hover and on focus; Esc closes it. The control is described by it. */
export function Tooltip({ text, children }: TooltipProps) {
  const id = useId();
  const [place, setPlace] = useState<Place | null>(null);
  const isOpen = place !== null;
  const hide = () => setPlace(null);
  useEffect(() => {
    // Keys and scrolling of the whole document, while it is open.
    if (!isOpen) return;
    const close = () => setPlace(null);
    const onKeyDown = (event: KeyboardEvent) => event.key === "Escape" && close();
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("scroll", close, true);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("scroll", close, true);
    };
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the control inside, which has the role
    <span
      className="inline-flex"
      onBlur={hide}
      onFocus={(event) => setPlace(placeOf(event.currentTarget))}
      onMouseEnter={(event) => setPlace(placeOf(event.currentTarget))}
      onMouseLeave={hide}
    >
      {cloneElement(children, { "aria-describedby": id })}
      <span className="sr-only" id={id}>
        {text}
      </span>
      {place !== null &&
        createPortal(
          <span
            aria-hidden="true"
            className="pointer-events-none fixed z-50 max-w-80 rounded-3 border border-line-2 bg-raised px-2 py-1 text-12 text-ink shadow-float"
            style={{
              left: place.left,
              top: place.top,
              ...(place.isAbove ? { transform: "translateY(-100%)" } : {}),
            }}
          >
            {text}
          </span>,
          document.body,
        )}
    </span>
  );
}
