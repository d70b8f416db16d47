"use client";

import { useEffect, useState } from "react";
import { formatDuration } from "./format";

/** From `start` to `end`, or ticking every second until now while `end` is null. */
export function Duration({ start, end }: { start: Date | null; end: Date | null }) {
  const [now, setNow] = useState<number | null>(null);
  const isTicking = start !== null && end === null;
  useEffect(() => {
    // The browser's clock.
    if (!isTicking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isTicking]);
  if (start === null) return <span className="text-ink-3">not started</span>;
  const until = end?.getTime() ?? now;
  return <span>{until === null ? "" : formatDuration(until - start.getTime())}</span>;
}
