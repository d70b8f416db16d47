import type { Notes } from "../notes";

/** The tasks that a `depends` names. Conditions beyond "all of them succeeded" are said. */
export function argoDepends(text: string, where: string, notes: Notes): string[] {
  const names = [...text.matchAll(/[A-Za-z0-9_][\w-]*(\.[A-Za-z]+)?/g)].map(
    ([whole]) => whole.split(".")[0] ?? "",
  );
  const term = String.raw`\(?\s*[A-Za-z0-9_][\w-]*(\.Succeeded)?\s*\)?`;
  if (!new RegExp(String.raw`^\s*${term}(\s*&&\s*${term})*\s*$`).test(text))
    notes.add(where, `depends: ${text}`, "It waits until all that it names have succeeded.");
  return [...new Set(names)];
}
