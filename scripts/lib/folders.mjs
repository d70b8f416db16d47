import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Problem } from "./problem.mjs";

export const root = path.resolve(import.meta.dirname, "../..");
export const version = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")).version;

/** Like mkdir -p, one folder at a time: Node's own way never ends below folders such as /proc. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another one may have made it meanwhile.
    if (error.code !== "EEXIST") throw error;
  }
}

/** Where everything of one instance lies. Makes the folders. */
export function dataFolders(data = process.env.BENCHWRIGHT_DATA || path.join(root, ".data")) {
  const base = path.resolve(data);
  const names = ["secrets", "run", "logs", "lake", "mlflow", "tmp"];
  const folders = Object.fromEntries(names.map((name) => [name, path.join(base, name)]));
  try {
    makeFolder(base);
    accessSync(base, constants.W_OK);
    for (const [name, folder] of Object.entries(folders)) {
      mkdirSync(folder, { recursive: true, ...(name === "secrets" ? { mode: 0o700 } : {}) });
    }
  } catch (error) {
    if (error.code === "ENOSPC") throw error;
    throw new Problem(`The data folder ${base} cannot be written (${error.code}); set BENCHWRIGHT_DATA to a folder that can.`);
  }
  const id = createHash("sha256").update(base).digest("hex").slice(0, 12);
  return {
    ...folders,
    base,
    /** Names this instance, to find processes that outlived their supervisor. */
    id,
    postgres: path.join(base, "postgres"),
    /** Unix socket paths are limited to some hundred bytes, so Ray works in a short folder outside. */
    ray: path.join(os.platform() === "win32" ? os.tmpdir() : "/tmp", `bw-${id}`),
    status: path.join(base, "run", "engines.json"),
  };
}

/** Shared between clones and instances: what can be downloaded again. */
export function cacheFolder() {
  return path.resolve(process.env.BENCHWRIGHT_CACHE || path.join(os.homedir(), ".cache", "benchwright"));
}
