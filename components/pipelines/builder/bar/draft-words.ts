import type { Problem } from "@/domain/pipelines/problems/problem";

/** Null where the draft may be activated. */
export function whyNotActivate(
  hasDraft: boolean,
  isBroken: boolean,
  errors: readonly Problem[],
): string | null {
  if (!hasDraft) return "Nothing differs from the active version.";
  if (isBroken) return "The text cannot be read. Mend it first.";
  const [first] = errors;
  if (first === undefined) return null;
  return errors.length === 1
    ? first.message
    : `${errors.length} errors stand in the way. The first: ${first.message}`;
}

/** What the bar says of the draft. */
export function savingWords(
  failure: string | null,
  isSaved: boolean,
  hasDraft: boolean,
  version: number | null,
) {
  if (failure !== null) return { state: "failed" as const, words: "not saved" };
  if (!isSaved) return { state: "saving" as const, words: "saving" };
  if (!hasDraft) return { state: "saved" as const, words: `as version ${version}` };
  return {
    state: "saved" as const,
    words: version === null ? "draft, saved" : `draft on version ${version}, saved`,
  };
}
