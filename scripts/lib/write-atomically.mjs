import { renameSync, writeFileSync } from "node:fs";

/** A reader sees the old text or the new one, never a half. */
export function writeAtomically(file, text, options = {}) {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, text, options);
  renameSync(draft, file);
}
