import { z } from "zod";
import type { InputError } from "../shared/failure";
import { escapePointer } from "../shared/json-pointer";
import { findSecretReferences, SECRET_NAME } from "../sources/find-secret-references";

/** Names that statements know already. */
export const RESERVED_CATALOGS: readonly string[] = [
  "lake",
  "analytics",
  "system",
  "jmx",
  "information_schema",
  "pg_catalog",
  "time_travel",
  "result",
  "results",
  "files",
  "main",
  "memory",
  "temp",
];

export const CatalogName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, "Start with a letter; use lower-case letters, digits and _")
  .refine((name) => !RESERVED_CATALOGS.includes(name), "This name is taken by Benchwright itself");

/**
 * A catalog of Trino by any of its connectors, as an engineer writes it. Nothing in it is secret: secrets are named as
 * `${NAME}`.
 */
export const CatalogDocument = z.strictObject({
  /** As statements spell it: `snowflake` in `snowflake.public.orders`. */
  name: CatalogName,
  /** As Trino's documentation names it: `snowflake`, `bigquery`, `mysql`. */
  connector: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/, "Write the connector's name as Trino has it, for example snowflake"),
  properties: z.record(
    z.string().regex(/^[a-z0-9][a-zA-Z0-9._-]{0,199}$/, "Write a property's name as Trino has it"),
    z.string().max(20_000),
  ),
});
export type CatalogDocument = z.infer<typeof CatalogDocument>;

/** Connectors that show the server's own insides, or keep what they are given where it is not seen again. */
const REFUSED_CONNECTORS = ["system", "jmx", "blackhole"];
/** Properties that open the files of the machine that runs Trino. */
const LOCAL_FILES =
  /^(fs\.hadoop\.enabled|fs\.native-local\.enabled|local\.location|hive\.config\.resources)$/;
const SECRET_PROPERTY =
  /(^|[._-])(password|passwd|passphrase|secret|secret-?key|api-?key|private-?key|access-?key|token|credential)s?$/i;

/** Reads a catalog document. Every complaint comes back at once, each with a JSON pointer and how to mend it. */
export function parseCatalogDocument(
  json: unknown,
): { ok: true; document: CatalogDocument } | { ok: false; errors: InputError[] } {
  const parsed = CatalogDocument.safeParse(json);
  if (!parsed.success) return { ok: false, errors: parsed.error.issues.flatMap(toInputErrors) };
  const errors = [...checkConnector(parsed.data), ...checkProperties(parsed.data)];
  return errors.length === 0 ? { ok: true, document: parsed.data } : { ok: false, errors };
}

function toInputErrors(issue: z.core.$ZodIssue): InputError[] {
  const pointer = issue.path.map((part) => `/${escapePointer(String(part))}`).join("");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      pointer: `${pointer}/${escapePointer(key)}`,
      message: `The field "${key}" is not known here. Remove it or correct its spelling.`,
    }));
  }
  if (issue.code === "invalid_key") return [{ pointer, message: issue.issues[0]?.message ?? issue.message }];
  return [{ pointer, message: issue.message }];
}

function checkConnector({ connector }: CatalogDocument): InputError[] {
  if (!REFUSED_CONNECTORS.includes(connector)) return [];
  return [{ pointer: "/connector", message: `The connector ${connector} is not offered to workspaces.` }];
}

function checkProperties({ properties }: CatalogDocument): InputError[] {
  return Object.entries(properties).flatMap(([name, value]): InputError[] => {
    const pointer = `/properties/${escapePointer(name)}`;
    const complaint = complaintOf(name, value);
    return complaint === null ? [] : [{ pointer, message: complaint }];
  });
}

function complaintOf(name: string, value: string): string | null {
  if (name === "connector.name") return 'Write the connector into the field "connector".';
  if (LOCAL_FILES.test(name)) return "It would open the files of the machine that runs Trino.";
  const references = findSecretReferences(value);
  const wrong = references.find((each) => !SECRET_NAME.test(each.name));
  if (wrong !== undefined) {
    return `"${wrong.name}" is not the name of a secret: use letters, digits and _.`;
  }
  // Trino fills in `${ENV:NAME}` from its own environment.
  if (value.includes("$${")) return "A dollar sign before a brace cannot be passed on to Trino.";
  if (SECRET_PROPERTY.test(name) && value !== "" && references.length === 0) {
    const secret = name.replaceAll(/[^A-Za-z0-9]+/g, "_").toUpperCase();
    return `A secret is not written into a document. Set it as a secret of the workspace and write its name here, for example \${${secret}}.`;
  }
  return null;
}
