"use client";

import { useEffect, useState } from "react";
import { classNames } from "./class-names";
import { formatAge, formatInstant } from "./format";

/** How long ago, with the exact instant (UTC) on hover. Ticks every 15 s while it is young. */
export function RelativeTime({ at, className }: { at: Date; className?: string }) {
  const [now, setNow] = useState<Date | null>(null);
  useEffect(() => {
    // The browser's clock: the server's render has none, so that both agree at first.
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), 15_000);
    return () => clearInterval(timer);
  }, []);
  const exact = `${formatInstant(at)} UTC`;
  return (
    <time className={classNames("whitespace-nowrap", className)} dateTime={at.toISOString()} title={exact}>
      {now === null ? exact : formatAge(at, now)}
    </time>
  );
}
