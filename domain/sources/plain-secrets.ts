import type { InputError } from "../shared/failure";
import { escapePointer } from "../shared/json-pointer";
import { findSecretReferences } from "./find-secret-references";

/** Fields that hold a secret in every connector that has them. */
const SECRET_FIELD =
  /(^|_)(password|passwd|passphrase|secret|api_?key|private_?key|access_token|refresh_token|auth_token|api_token|bearer_token|client_secret|credentials_json|service_account_(info|json|key))$/i;
/** Below these lies a manifest, whose fields are names and templates. */
const NOT_VALUES = new Set(["__injected_declarative_manifest", "__injected_manifest", "manifest"]);

type Found = { pointer: string; value: string };

/**
 * Texts of `config` that are secrets by the name of their field, or by the connector's own `spec` (JSON Schema with
 * `airbyte_secret`) where it is known, and that are written out instead of being named.
 */
export function plainSecrets(config: unknown, spec: unknown = null): Found[] {
  return walk(config, spec === null ? [] : [spec], "", false);
}

/** Complaints about them, below `/config`. */
export function refusePlainSecrets(config: unknown, spec: unknown = null): InputError[] {
  return plainSecrets(config, spec).map(({ pointer }) => {
    const name = (pointer.split("/").at(-1) ?? "secret").replaceAll(/[^A-Za-z0-9]+/g, "_").toUpperCase();
    return {
      pointer: `/config${pointer}`,
      message: `A secret is not written into a document. Set it as a secret of the workspace and write its name here, for example \${${name}}.`,
    };
  });
}

function walk(value: unknown, schemas: unknown[], pointer: string, isSecret: boolean): Found[] {
  if (typeof value === "string") {
    const secret = isSecret || schemas.some((schema) => field(schema, "airbyte_secret") === true);
    if (!secret || value === "" || findSecretReferences(value).length > 0) return [];
    return [{ pointer, value }];
  }
  if (Array.isArray(value)) {
    const items = schemas.flatMap((schema) => alternatives(field(schema, "items")));
    return value.flatMap((each, index) => walk(each, items, `${pointer}/${index}`, isSecret));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    if (NOT_VALUES.has(key)) return [];
    const below = schemas
      .flatMap(alternatives)
      .flatMap((schema) => alternatives(field(field(schema, "properties"), key)));
    return walk(each, below, `${pointer}/${escapePointer(key)}`, SECRET_FIELD.test(key));
  });
}

/** A schema and those that it offers as alternatives. */
function alternatives(schema: unknown): unknown[] {
  if (schema === undefined || schema === null) return [];
  const inner = ["oneOf", "anyOf", "allOf"].flatMap((key) => {
    const list = field(schema, key);
    return Array.isArray(list) ? (list as unknown[]) : [];
  });
  return [schema, ...inner.flatMap(alternatives)];
}

const field = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
