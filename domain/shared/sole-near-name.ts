import { nearestName } from "./nearest-name";

/** What `nearestName` finds, where no other candidate is near too: whoever wrote `name` can only have meant that. */
export function soleNearName(name: string, candidates: Iterable<string>): string | null {
  const all = [...candidates];
  const near = nearestName(name, all);
  if (near === null) return null;
  return nearestName(
    name,
    all.filter((candidate) => candidate !== near),
  ) === null
    ? near
    : null;
}
