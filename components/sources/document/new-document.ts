import type { JsonSchema } from "@/components/form/check-schema";
import { initialValue } from "@/components/form/prepare-fields";

/** What a connection begins with; `specification` is null while the connector has not said what it asks for. */
export function newDocument(
  connector: string,
  version: string | null,
  specification: JsonSchema | null,
): Record<string, unknown> {
  const config = specification === null ? {} : initialValue(specification);
  return {
    connector,
    ...(version === null ? {} : { version }),
    config: config ?? {},
    streams: [],
    schedule: { type: "manual" },
  };
}

const NAME = /^[a-z][a-z0-9_-]{0,62}$/;

/** Why a connection cannot be called so; null where it can. `new` is the address of this page. */
export function whyNotName(name: string, taken: readonly string[]): string | null {
  if (name === "new") return "This name is the address of this page. Choose another.";
  if (taken.includes(name)) return `There is a connection ${name} already. Choose another name.`;
  if (NAME.test(name)) return null;
  if (name.length > 63) return `At most 63 characters; this has ${name.length}.`;
  return "Begin with a lower-case letter; then lower-case letters, digits, - and _ only.";
}
