import { isEqualJson } from "../shared/is-equal-json";

type Kept = { prefix: string; server: unknown };

/** What the names of a connection's replication slots begin with; null where it does not read by logical replication. */
export function slotPrefix(document: unknown): string | null {
  return kept(document)?.prefix ?? null;
}

/** Whether two connections read from the same slots: one must not drop them while the other is there. */
export function sharesSlots(a: unknown, b: unknown): boolean {
  const [one, other] = [kept(a), kept(b)];
  return one !== null && other !== null && isEqualJson(one, other);
}

function kept(document: unknown): Kept | null {
  const { connector, config } = fields(document);
  const { replication_method, host, port, database } = fields(config);
  const { method, replication_slot: slot } = fields(replication_method);
  if (connector !== "source-postgres" || String(method).toLowerCase() !== "cdc" || typeof slot !== "string")
    return null;
  return { prefix: slot, server: { host, port: Number(port), database } };
}

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
