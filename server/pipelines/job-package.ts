import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { Failure } from "../../domain/shared/failure";

export type Files = Record<string, Uint8Array>;

/** Zips know no time before 1980; a fixed one makes equal files an equal zip. */
const FIXED_TIME = new Date(1980, 1, 1);

/** A zip whose bytes depend on the files alone. */
export function zipFiles(files: Files): Uint8Array {
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  return zipSync(sorted, { mtime: FIXED_TIME, level: 6 });
}

/** The files of a zip, folders left out. Failures: `invalid_input`. */
export function unzipFiles(zip: Uint8Array): Files {
  try {
    return Object.fromEntries(Object.entries(unzipSync(zip)).filter(([path]) => !path.endsWith("/")));
  } catch (cause) {
    throw new Failure("invalid_input", "This is not a zip file, or a damaged one.", { cause });
  }
}

/** Python files below `root`, by their path with `prefix` before it. */
export async function readPythonFiles(root: string, prefix: string): Promise<Files> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files: Files = {};
  for (const entry of entries) {
    if (!entry.isFile() || !/\.(py|json)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    files[
      `${prefix}/${path
        .slice(root.length + 1)
        .split("\\")
        .join("/")}`
    ] = new Uint8Array(await readFile(path));
  }
  return files;
}
