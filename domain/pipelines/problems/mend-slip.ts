import { pointerSteps, valueAt } from "../../shared/json-pointer";
import type { Problem } from "./problem";

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** The fix that writes `meant` for `written` in the text at `pointer`; none where the text does not show it as it is. */
export function mendSlip(
  json: unknown,
  pointer: string,
  written: string,
  meant: string | null,
): Pick<Problem, "fix"> {
  const text = valueAt(json, pointerSteps(pointer));
  if (meant === null || typeof text !== "string") return {};
  const value = text.replaceAll(new RegExp(`(?<![\\w.])${escaped(written)}(?!\\w)`, "g"), () => meant);
  return value === text ? {} : { fix: { label: `Write ${meant}`, pointer, value } };
}
