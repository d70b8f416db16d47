import { SECRET_NAME } from "@/domain/sources/find-secret-references";

/** Why a text cannot be the name of a secret; null where it can. */
export function secretNameProblem(name: string): string | null {
  if (SECRET_NAME.test(name)) return null;
  if (name === "") return "Write a name, for example SHOPIFY_API_KEY.";
  if (name.length > 100) return `At most 100 characters; this has ${name.length}.`;
  return "Begin with a letter or _; then letters, digits and _ only.";
}
