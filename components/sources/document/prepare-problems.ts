import { checkSchema, type JsonSchema } from "@/components/form/check-schema";
import { asInputErrors } from "@/components/form/prepare-errors";
import type { InputError } from "@/domain/shared/failure";
import { parseConnection } from "@/domain/sources/parse-connection";

/**
 * Everything that is wrong with a document: what the workbench itself asks of it, and what the connector's specification
 * asks of its config where that is known. One complaint a place is enough.
 */
export function findProblems(
  name: string,
  document: Record<string, unknown>,
  specification: JsonSchema | null,
): InputError[] {
  const parsed = parseConnection(name === "" ? "new" : name, document, specification);
  const own = parsed.ok ? [] : parsed.errors;
  const ofConnector =
    specification === null
      ? []
      : asInputErrors(checkSchema(specification, document.config ?? {}, specification), "/config");
  const places = new Set(own.map(({ pointer }) => pointer));
  return [...own, ...ofConnector.filter(({ pointer }) => !places.has(pointer))];
}

/** What is merely not filled in yet: said once somebody asks to test or save, not before. */
export const isMissing = ({ message, pointer }: InputError): boolean =>
  message === "Is needed." || pointer === "/streams" || pointer === "/config";
