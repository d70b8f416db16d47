const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,99}$/u;

/** Why a name cannot be that of a new branch or tag; null where it can. */
export function refNameProblem(name: string, taken: readonly string[]): string | null {
  if (name === "") return "Write a name.";
  if (name.length > 100) return "A name has at most 100 characters.";
  if (!NAME.test(name)) return "Use letters, digits, _, - and ., beginning with a letter, a digit or _.";
  if (taken.includes(name)) return `The name ${name} is taken.`;
  return null;
}
