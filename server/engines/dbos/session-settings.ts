const IDLE_TRANSACTION = "idle_in_transaction_session_timeout";
const IDLE_TRANSACTION_MS = 60_000;

/**
 * The URL with what DBOS would otherwise set by a statement of its own, beside the first one of a new connection, which the
 * driver warns of: the server ends a session that was left within a transaction. A URL that says so itself stays.
 */
export function withSessionSettings(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const options = url.searchParams.get("options") ?? "";
  if (options.includes(IDLE_TRANSACTION)) return databaseUrl;
  url.searchParams.set("options", `${options} -c ${IDLE_TRANSACTION}=${IDLE_TRANSACTION_MS}`.trim());
  return url.toString();
}
