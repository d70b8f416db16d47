import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./folders.mjs";

/** What pages load by address rather than from a bundle, so that nothing is asked of a host outside. */
const FILES = [
  { package: "monaco-editor", from: "min/vs", to: "monaco/vs" },
  { package: "@duckdb/duckdb-wasm", from: "dist/duckdb-eh.wasm", to: "duckdb-wasm/duckdb-eh.wasm" },
  { package: "@duckdb/duckdb-wasm", from: "dist/duckdb-browser-eh.worker.js", to: "duckdb-wasm/duckdb-browser-eh.worker.js" },
];

const vendor = path.join(root, "public/vendor");
const packageFolder = (name) => path.join(root, "node_modules", name);

function wanted() {
  const versions = FILES.map(({ package: name, to }) => `${to} ${JSON.parse(readFileSync(path.join(packageFolder(name), "package.json"), "utf8")).version}`);
  return `${versions.join("\n")}\n`;
}

/** Copies them to `public/vendor`, wholly or not at all, unless these versions are there. */
export function copyBrowserFiles() {
  const stamp = path.join(vendor, "versions.txt");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted()) return;
  const draft = `${vendor}.${process.pid}`;
  try {
    for (const { package: name, from, to } of FILES) {
      mkdirSync(path.dirname(path.join(draft, to)), { recursive: true });
      cpSync(path.join(packageFolder(name), from), path.join(draft, to), { recursive: true });
    }
    writeFileSync(path.join(draft, "versions.txt"), wanted());
    rmSync(vendor, { recursive: true, force: true });
    renameSync(draft, vendor);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
