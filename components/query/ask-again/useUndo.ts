"use client";

import { useReducer } from "react";

type History<T> = { past: T[]; now: T; future: T[] };
type Act<T> = { set: T } | "undo" | "redo";

const STEPS = 100;

function step<T>(history: History<T>, act: Act<T>): History<T> {
  const { past, now, future } = history;
  if (act === "undo") {
    const before = past.at(-1);
    return before === undefined
      ? history
      : { past: past.slice(0, -1), now: before, future: [now, ...future] };
  }
  if (act === "redo") {
    const [next, ...rest] = future;
    return next === undefined ? history : { past: [...past, now], now: next, future: rest };
  }
  return { past: [...past, now].slice(-STEPS), now: act.set, future: [] };
}

/** A value whose changes can be taken back. */
export function useUndo<T>(start: T) {
  const [{ past, now, future }, act] = useReducer(step<T>, { past: [], now: start, future: [] });
  return {
    value: now,
    set: (next: T) => act({ set: next }),
    undo: past.length === 0 ? null : () => act("undo"),
    redo: future.length === 0 ? null : () => act("redo"),
  };
}
