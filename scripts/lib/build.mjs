import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { copyBrowserFiles } from "./browser-files.mjs";
import { root } from "./folders.mjs";
import { withLock } from "./file-lock.mjs";
import { runCommand } from "./run-command.mjs";
import { sourceHash } from "./source-hash.mjs";
import { writeAtomically } from "./write-atomically.mjs";

const SOURCES = [
  "app",
  "components",
  "domain",
  "server",
  "public",
  "samples",
  "prisma/schema.prisma",
  "next.config.ts",
  "postcss.config.mjs",
  "package.json",
  "package-lock.json",
  "scripts/lib/build.mjs",
  "scripts/lib/browser-files.mjs",
];
const GENERATED = ["server/db/generated", "public/vendor"];

/** Programs beside the web server, each bundled into one file; packages stay outside. */
export const PROGRAMS = {
  worker: "server/worker.ts",
  "duckdb-process": "server/engines/duckdb/duckdb-process.ts",
  token: "server/cli/token.ts",
};

const dist = path.join(root, "dist");
const stamp = path.join(dist, "built");

function currentHash() {
  return sourceHash(root, SOURCES, GENERATED);
}

export function isBuilt() {
  const made = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
  return made === currentHash() && existsSync(path.join(root, ".next/BUILD_ID"));
}

/** Makes the database client from the schema. */
export async function generateClient(log) {
  await runCommand(process.execPath, [path.join(root, "scripts/prisma.mjs"), "generate"], { cwd: root, log, what: "prisma generate" });
}

/** Bundles the programs into `dist/`; each appears there whole or not at all. */
export async function bundlePrograms(log) {
  const draft = path.join(dist, `draft-${process.pid}`);
  const entries = Object.entries(PROGRAMS).filter(([, source]) => existsSync(path.join(root, source)));
  const args = entries.map(([name, source]) => `${name}=${source}`);
  const options = ["--bundle", "--platform=node", "--format=esm", "--target=node20", "--packages=external", "--sourcemap"];
  const out = ["--out-extension:.js=.mjs", `--outdir=${draft}`, "--log-level=warning"];
  try {
    await runCommand(path.join(root, "node_modules/.bin/esbuild"), [...args, ...options, ...out], { cwd: root, log, what: "esbuild" });
    for (const [name] of entries) {
      for (const extension of [".mjs.map", ".mjs"]) {
        const made = path.join(draft, `${name}${extension}`);
        if (existsSync(made)) renameSync(made, path.join(dist, `${name}${extension}`));
      }
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Builds what the sources say, once; says whether there was anything to do. The stamp is written last, so a killed build counts for nothing. */
export async function buildOnce() {
  if (isBuilt()) return false;
  mkdirSync(dist, { recursive: true });
  await withLock(path.join(dist, "lock"), async () => {
    if (isBuilt()) return;
    const log = path.join(dist, "build.log");
    rmSync(log, { force: true });
    rmSync(stamp, { force: true });
    const hash = currentHash();
    await generateClient(log);
    copyBrowserFiles();
    const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    const next = path.join(root, "node_modules/next/dist/bin/next");
    await Promise.all([
      bundlePrograms(log),
      runCommand(process.execPath, [next, "build"], { cwd: root, env, log, what: "next build" }),
    ]);
    writeAtomically(stamp, hash);
  });
  return true;
}
