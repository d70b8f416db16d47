import type { SecretView } from "@/domain/sources/secret-view";

/** What the controls of a connector's form know beside their own field. */
export type ConfigFormContext = {
  /** Null while the list loads, or where this person may not see it. */
  secrets: SecretView[] | null;
  /** Why a secret cannot be stored by this person; null where it can. */
  whyNotStore: string | null;
  /** Opens the dialog; `suggested` is a name, `value` what stood in the field as plain text. */
  onStore: (ask: { suggested: string; value: string; onStored: (reference: string) => void }) => void;
  /** Of the connection, for suggested names. */
  connection: string;
};
