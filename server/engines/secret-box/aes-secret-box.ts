import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { SecretBox } from "../../../domain/ports/secret-box";
import { Failure } from "../../../domain/shared/failure";

const PREFIX = "v1.";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM. `key` is 32 bytes, base64. The context is authenticated with the text, not stored. */
export function aesSecretBox({ key }: { key: string }): SecretBox {
  const keyBytes = Buffer.from(key, "base64");
  if (keyBytes.length !== 32) throw new Error("The key of the secret box must be 32 bytes in base64.");

  return {
    seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", keyBytes, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(context, "utf8"));
      const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
    },

    open(sealed, context) {
      const bytes = Buffer.from(sealed.slice(PREFIX.length), "base64url");
      if (!sealed.startsWith(PREFIX) || bytes.length < NONCE_BYTES + TAG_BYTES) throw unreadable();
      try {
        const nonce = bytes.subarray(0, NONCE_BYTES);
        const decipher = createDecipheriv("aes-256-gcm", keyBytes, nonce, { authTagLength: TAG_BYTES });
        decipher.setAAD(Buffer.from(context, "utf8"));
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        const text = bytes.subarray(NONCE_BYTES + TAG_BYTES);
        return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
      } catch (error) {
        throw unreadable(error);
      }
    },
  };
}

function unreadable(cause?: unknown): Failure {
  return new Failure("invalid_input", "The stored secret cannot be read.", {
    hint: "It was sealed with another key or is damaged: enter it again.",
    cause,
  });
}
