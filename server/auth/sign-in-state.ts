import type { Db } from "../workspaces/index";
import type { OidcSettings } from "./oidc-settings";
import { countUsers } from "./store";

/** What the sign-in page needs to know. `oidcName` is the provider's name for people, null where there is none. */
export async function signInState(scope: {
  db: Db;
  oidc: OidcSettings | null;
}): Promise<{ needsSetup: boolean; oidcName: string | null }> {
  return { needsSetup: (await countUsers(scope.db)) === 0, oidcName: scope.oidc?.name ?? null };
}
