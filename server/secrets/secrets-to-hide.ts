import type { SecretBox } from "../../domain/ports/secret-box";
import { allSealedSecrets, type Db } from "./store";

/**
 * The values of all secrets of a workspace, for hiding them in what leaves it. One that cannot be opened could not be used
 * either, and is left out.
 */
export async function secretsToHide(
  { db, secretBox }: { db: Db; secretBox: SecretBox },
  workspaceId: string,
): Promise<string[]> {
  const rows = await allSealedSecrets(db, workspaceId);
  return rows.flatMap(({ sealed }) => {
    try {
      return [secretBox.open(sealed, workspaceId)];
    } catch {
      return [];
    }
  });
}
