import type { Notes } from "./notes";

const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** Argo's places in a text as our expressions, as far as they name parameters of the workflow; the others are named. */
export function fillPlaces(text: string, where: string, notes: Notes): string {
  return text.replaceAll(PLACE, (place: string, inner: string) => {
    const name = /^workflow\.parameters\.([A-Za-z_][\w-]*)$/.exec(inner)?.[1];
    if (name !== undefined) return `{{ parameters.${name.replaceAll("-", "_")} }}`;
    notes.add(where, place, "There is no such place here. Write an expression or a value instead.");
    return place;
  });
}
