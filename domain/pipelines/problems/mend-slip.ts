import { valueAt } from "../../shared/json-pointer";
import type { Problem } from "./problem";

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
const pathOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

/** The fix that writes `meant` for `written` in the text at `pointer`; none where the text does not show it as it is. */
export function mendSlip(
  json: unknown,
  pointer: string,
  written: string,
  meant: string | null,
): Pick<Problem, "fix"> {
  const text = valueAt(json, pathOf(pointer));
  if (meant === null || typeof text !== "string") return {};
  const value = text.replaceAll(new RegExp(`(?<![\\w.])${escaped(written)}(?!\\w)`, "g"), () => meant);
  return value === text ? {} : { fix: { label: `Write ${meant}`, pointer, value } };
}
