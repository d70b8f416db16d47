import { createHash, randomUUID } from "node:crypto";

/** The same id for the same key, so that an act that is asked for twice is one act; else a new one. */
export function actId(workspaceId: string, key: string | undefined): string {
  if (key === undefined) return randomUUID();
  return createHash("sha256")
    .update(JSON.stringify([workspaceId, key]))
    .digest("hex")
    .slice(0, 32);
}
