"use client";

import { useEffect, useState } from "react";

const TICK_MS = 100;

/** The browser's clock, ten times a second while it ticks. It draws anew where it is used: keep that small. */
export function useClock(isTicking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    // The browser's clock.
    setNow(Date.now());
    if (!isTicking) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}
