import { Failure } from "../shared/failure";
import { REFERENCE } from "./find-secret-references";

/**
 * `value` with the secrets in the place of their references. Keys of objects are left as they are.
 * Failures: `invalid_input` for a name that `secrets` does not have.
 */
export function fillSecrets(value: unknown, secrets: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") {
    return value.replaceAll(REFERENCE, (whole: string, doubled: string, name: string) => {
      if (doubled === "$") return whole.slice(1);
      const secret = secrets.get(name);
      if (secret !== undefined) return secret;
      throw new Failure("invalid_input", `The secret ${name} is not set in this workspace.`, {
        hint: "Set it under Sources, Secrets.",
      });
    });
  }
  if (Array.isArray(value)) return value.map((each) => fillSecrets(each, secrets));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillSecrets(each, secrets)]));
  }
  return value;
}
