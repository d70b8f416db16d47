import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { writeAtomically } from "./write-atomically.mjs";

/** The secret kept under this name, made on first use; readable by its owner alone. */
export function secret(folders, name, { bytes = 32, encoding = "base64url" } = {}) {
  const file = path.join(folders.secrets, name);
  if (!existsSync(file)) writeAtomically(file, randomBytes(bytes).toString(encoding), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}
