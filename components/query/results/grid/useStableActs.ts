"use client";

import { useMemo, useRef } from "react";

type Acts = Record<string, (...given: never[]) => void>;

/** The same functions on every drawing, which do what the latest ones given here do: for parts that are drawn seldom. */
export function useStableActs<T extends Acts>(acts: T): T {
  const latest = useRef(acts);
  latest.current = acts;
  return useMemo(() => {
    const names = Object.keys(latest.current) as (keyof T)[];
    return Object.fromEntries(
      names.map((name) => [name, (...given: never[]) => latest.current[name]?.(...given)]),
    ) as T;
  }, []);
}
