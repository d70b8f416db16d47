import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** A password that may be set. Length is the only rule (NIST SP 800-63B, 3.1.1.2). */
export const NewPassword = z
  .string()
  .min(12, "Use at least 12 characters.")
  .max(256, "Use at most 256 characters.");

const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const KEY_BYTES = 32;

const derive = (password: string, salt: Buffer, N: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, { ...COST, N }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });

/** `scrypt$<N>$<salt>$<key>`, with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST.N);
  return `scrypt$${COST.N}$${salt.toString("base64")}$${key.toString("base64")}`;
}

const NOBODY = `scrypt$${COST.N}$${Buffer.alloc(16).toString("base64")}$${Buffer.alloc(KEY_BYTES).toString("base64")}`;

/** False for a null hash too, after the same time as for a real one: an answer's time tells nobody who exists. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [scheme, cost, salt, key] = (hash ?? NOBODY).split("$");
  if (scheme !== "scrypt" || cost === undefined || salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, "base64");
  const actual = await derive(password, Buffer.from(salt, "base64"), Number(cost));
  const equal = expected.length === actual.length && timingSafeEqual(expected, actual);
  return equal && hash !== null;
}
