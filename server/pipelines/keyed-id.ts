import { createHash } from "node:crypto";

/** The same id, in the form of a UUID, for the same parts. */
export const keyedId = (...parts: string[]): string =>
  createHash("sha256")
    .update(JSON.stringify(parts))
    .digest("hex")
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
