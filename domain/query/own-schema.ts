const MOST = 60;

/** The schema of analytics that belongs to a person, by their name: `u_ann_lee`. */
export function ownSchema(person: string): string {
  const letters = person
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, "_")
    .replaceAll(/^_+|_+$/g, "")
    .slice(0, MOST);
  return `u_${letters === "" ? "me" : letters}`;
}
