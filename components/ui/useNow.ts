"use client";

import { useEffect, useState } from "react";

/** The browser's clock, once a second while `isTicking`. */
export function useNow(isTicking: boolean): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    // The browser's clock.
    setNow(new Date());
    if (!isTicking) return;
    const timer = setInterval(() => setNow(new Date()), 1000);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}
