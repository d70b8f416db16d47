import { pointerSteps } from "../../../shared/json-pointer";
import type { JsonEditor, JsonPath } from "../text/json-editor";
import { Refused } from "./refused";

/** The steps of a JSON pointer below `base`. `-` is the place behind the last item of a list. */
export function pointerPath(editor: JsonEditor, base: JsonPath, pointer: string): JsonPath {
  if (pointer === "") return base;
  if (!pointer.startsWith("/")) throw new Refused(`${pointer} is no JSON pointer: it starts with a slash.`);
  const path = [...base];
  for (const part of pointerSteps(pointer)) {
    path.push(placeIn(editor.get(path), part));
  }
  return path;
}

function placeIn(parent: unknown, step: string): string | number {
  if (Array.isArray(parent)) {
    const index = step === "-" ? parent.length : Number(step);
    if (!Number.isInteger(index) || index < 0 || index > parent.length)
      throw new Refused(`There is no place ${step} in a list of ${parent.length}.`);
    return index;
  }
  return parent === undefined && (step === "0" || step === "-") ? 0 : step;
}
