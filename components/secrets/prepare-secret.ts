import type { SecretView } from "@/domain/sources/secret-view";

export type SecretFieldState =
  | { kind: "empty" }
  /** Text that should be a secret stands in the document. */
  | { kind: "plain" }
  | { kind: "found"; name: string; secret: SecretView }
  | { kind: "missing"; name: string }
  /** The list of secrets is not there yet, or not for this person. */
  | { kind: "unknown"; name: string };

const WHOLE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

/** What stands in a field that holds a secret. */
export function secretField(value: unknown, secrets: readonly SecretView[] | null): SecretFieldState {
  if (typeof value !== "string" || value === "") return { kind: "empty" };
  const name = WHOLE.exec(value)?.[1];
  if (name === undefined) return { kind: "plain" };
  if (secrets === null) return { kind: "unknown", name };
  const secret = secrets.find((one) => one.name === name);
  return secret === undefined ? { kind: "missing", name } : { kind: "found", name, secret };
}

export const referenceTo = (name: string): string => `\${${name}}`;

/** A name for the secret of a field: `shopify-orders` and `api_password` give `SHOPIFY_ORDERS_API_PASSWORD`. */
export function suggestSecretName(connection: string, field: string): string {
  const name = `${connection}_${field}`
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "")
    .toUpperCase();
  return /^[A-Z]/.test(name) ? name.slice(0, 100) : `SECRET_${name}`.replace(/_$/, "").slice(0, 100);
}
