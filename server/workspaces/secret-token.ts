import { createHash, randomBytes } from "node:crypto";

/** A new secret of 256 random bits behind `prefix`; only its hash is ever stored. */
export const newSecretToken = (prefix: string): string => prefix + randomBytes(32).toString("base64url");

/** SHA-256, hex. Enough for a secret of 256 random bits; never for a password. */
export const hashSecretToken = (token: string): string => createHash("sha256").update(token).digest("hex");
