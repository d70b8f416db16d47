import { fillSecrets } from "../../../domain/sources/fill-secrets";
import { findSecretReferences } from "../../../domain/sources/find-secret-references";
import { secretTexts } from "../../../domain/sources/mask-secrets";
import { plainSecrets } from "../../../domain/sources/plain-secrets";

export type OpenSecrets = {
  /** The values of these secrets of the workspace. Failures: `invalid_input` where one is not set. */
  open(workspaceId: string, names: readonly string[]): Promise<Map<string, string>>;
};

export type OpenedConfig = {
  /** With the secrets in their places. */
  config: unknown;
  /** The secrets themselves. */
  secrets: string[];
  /** Every text that must not be shown. */
  hidden: string[];
};

/** The config as its connector gets it; only for the moment of its use. Failures: `invalid_input`. */
export async function openConfig(
  { open }: OpenSecrets,
  workspaceId: string,
  config: Record<string, unknown>,
): Promise<OpenedConfig> {
  const names = [...new Set(findSecretReferences(config).map((each) => each.name))];
  const values = names.length === 0 ? new Map<string, string>() : await open(workspaceId, names);
  const secrets = [...values.values(), ...plainSecrets(config).map((each) => each.value)];
  return { config: fillSecrets(config, values), secrets, hidden: secretTexts(secrets) };
}
