import type { Rows } from "../../workspaces/index";

export const NUDGES = "benchwright_runs";

/** Tells the worker, once the transaction is through, that a run waits or that one has ended. */
export async function nudgeAdmission(tx: Rows): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${NUDGES}, '')`;
}
