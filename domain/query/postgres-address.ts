import { z } from "zod";

/** Where statements find a PostgreSQL database in place. `password` is as the document has it: it may name secrets. */
export type PostgresAddress = {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  ssl: "disable" | "prefer" | "require";
};

const SSL = z.enum(["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]);

/** What is read of the config of source-postgres; its other fields are about syncs. */
const Config = z.object({
  host: z.string().min(1),
  port: z.coerce.number().int().min(1).max(65_535).default(5432),
  database: z.string().min(1),
  username: z.string().min(1).optional(),
  password: z.string().default(""),
  jdbc_url_params: z.string().default(""),
  ssl_mode: z.union([SSL, z.object({ mode: SSL })]).optional(),
});

/** The address in the config of a connection with source-postgres, or why statements cannot use it, in one sentence. */
export function postgresAddress(
  config: Record<string, unknown>,
): { ok: true; address: PostgresAddress } | { ok: false; reason: string } {
  const parsed = Config.safeParse(config);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, reason: `Its config has no usable ${issue?.path[0]?.toString() ?? "address"}.` };
  }
  const { host, port, database, username: user, password, jdbc_url_params: parameters } = parsed.data;
  if (user === undefined) return { ok: false, reason: "Its config names no username." };
  const mode = sslMode(parsed.data.ssl_mode, parameters);
  if (mode === "verify-ca" || mode === "verify-full") {
    return { ok: false, reason: `Statements cannot check certificates, and its ssl_mode is ${mode}.` };
  }
  return { ok: true, address: { host, port, database, user, password, ssl: mode } };
}

function sslMode(
  given: z.infer<typeof Config>["ssl_mode"],
  parameters: string,
): PostgresAddress["ssl"] | "verify-ca" | "verify-full" {
  const fields = new URLSearchParams(parameters.replace(/^[?&]+/, ""));
  const named = typeof given === "object" ? given.mode : given;
  const byParameter = SSL.safeParse(fields.get("sslmode")).data;
  const byFlag = fields.has("ssl") ? (fields.get("ssl") === "false" ? "disable" : "require") : undefined;
  const mode = named ?? byParameter ?? byFlag ?? "prefer";
  return mode === "allow" ? "prefer" : mode;
}
