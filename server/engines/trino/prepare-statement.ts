import type { EngineStatement } from "../../../domain/ports/statement-engine";
import { maskSecrets } from "../../../domain/sources/mask-secrets";
import { wantedCatalogs } from "./catalogs/trino-catalogs";
import { checkStatement } from "./check-statement";
import type { StatementText } from "./trino-failures";
import type { TrinoHeaders } from "./trino-http";
import type { TrinoParts } from "./trino-statement-engine";

export type PreparedStatement = StatementText & {
  text: string;
  headers: TrinoHeaders;
  /** Physical names of the catalogs that it reads. */
  catalogs: ReadonlySet<string>;
};

const SESSION: TrinoHeaders = {
  "x-trino-client-capabilities": "PARAMETRIC_DATETIME",
  "x-trino-time-zone": "UTC",
};

/**
 * Looks the statement through and sees to it that its catalogs are there. Failures: `invalid_input` for a statement that
 * reads anything but what it may, those of making a catalog, and what `signal` was aborted with.
 */
export async function prepareStatement(
  { catalogs, lake }: Pick<TrinoParts, "catalogs" | "lake">,
  statement: EngineStatement,
  signal: AbortSignal,
): Promise<PreparedStatement> {
  const { sql } = statement;
  const wanted = wantedCatalogs(lake, statement);
  const known = await orAborted(catalogs.known(), signal);
  const { named, end } = checkStatement(sql, { allowed: new Set(wanted.definitions.keys()), known });
  await orAborted(catalogs.ensure(wanted, named), signal);
  const credentials = [...named].flatMap((name) =>
    Object.entries(wanted.definitions.get(name)?.credentials ?? {}),
  );
  const names = [...wanted.logical].sort(([a], [b]) => b.length - a.length);
  const list = credentials.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return {
    sql,
    text: sql.slice(0, end),
    linesBefore: 0,
    headers: { ...SESSION, ...(list.length === 0 ? {} : { "x-trino-extra-credential": list.join(",") }) },
    catalogs: named,
    translate(text) {
      let told = maskSecrets(text, wanted.hidden);
      for (const [physical, logical] of names) told = told.replaceAll(physical, logical);
      return told;
    },
  };
}

/** What is under way goes on for others; this statement does not wait for it. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => undefined);
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
