import type { SecretBox } from "../../domain/ports/secret-box";
import type { Clock } from "../../domain/shared/clock";
import { Failure } from "../../domain/shared/failure";
import { type Db, sealedSecrets, touchSecrets } from "./store";

export type OpenSecretsSockets = { db: Db; secretBox: SecretBox; clock: Clock };

/**
 * The values of these secrets of a workspace, for the moment of their use: they are not to be stored or logged.
 * Failures: `invalid_input` where some are not set.
 */
export async function openSecrets(
  { db, secretBox, clock }: OpenSecretsSockets,
  workspaceId: string,
  names: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sealedSecrets(db, workspaceId, names);
  const missing = names.filter((name) => !rows.some((row) => row.name === name));
  if (missing.length > 0) {
    const what =
      missing.length === 1 ? `The secret ${missing[0]} is` : `The secrets ${missing.join(", ")} are`;
    throw new Failure("invalid_input", `${what} not set in this workspace.`, {
      hint: "Set it under Sources, Secrets, or PUT /api/v1/secrets/<name>.",
    });
  }
  await touchSecrets(db, workspaceId, names, clock.now());
  return new Map(rows.map((row) => [row.name, secretBox.open(row.sealed, workspaceId)]));
}
