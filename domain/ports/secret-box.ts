/** Encrypts values at rest. Failures: `invalid_input` (a sealed value that this key did not make, or a damaged one). */
export interface SecretBox {
  /** A printable sealed value; sealing twice gives two texts. `context` (for example the workspace id) must match on opening. */
  seal(plain: string, context: string): string;
  open(sealed: string, context: string): string;
}
