import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./folders.mjs";
import { withLock } from "./file-lock.mjs";
import { runCommand } from "./run-command.mjs";
import { writeAtomically } from "./write-atomically.mjs";

const stamp = path.join(root, "node_modules/.benchwright-installed");

function wanted() {
  const lock = readFileSync(path.join(root, "package-lock.json"));
  return `${createHash("sha256").update(lock).digest("hex")} ${process.platform}-${process.arch}`;
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === wanted();
}

/**
 * Installs exactly what the lock names, unless that is there; says whether it installed. Install scripts stay off: none is
 * needed (scripts/lib/postgres.mjs makes the library links that the server's package leaves to one).
 */
export async function installPackages() {
  if (isInstalled()) return false;
  return withLock(path.join(root, ".npm-ci.lock"), async () => {
    if (isInstalled()) return false;
    const args = ["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"];
    await runCommand(process.platform === "win32" ? "npm.cmd" : "npm", args, { cwd: root, what: "npm ci" });
    writeAtomically(stamp, wanted());
    return true;
  });
}
