/** A short name made of a long one: lower-case letters, digits and hyphens, a letter first, at most 40 characters. */
export function prepareSlug(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
}
