import type { Point } from "../operation";
import { type Draft, isFields } from "./draft";
import { Refused } from "./refused";

/** Writes places of tasks beside those that are there. */
export function place(draft: Draft, positions: Readonly<Record<string, Point>>): void {
  if (Object.keys(positions).length === 0) return;
  for (const point of Object.values(positions)) refusePoint(point);
  const there = draft.editor.get(["canvas", "positions"]);
  draft.editor.set(["canvas", "positions"], { ...(isFields(there) ? there : {}), ...positions });
}

export function refusePoint(point: Point): void {
  if (point.length !== 2 || !point.every(Number.isFinite)) throw new Refused("A place is two numbers.");
}
