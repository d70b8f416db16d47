import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "../..");
const DUCKDB = path.join(root, "node_modules/@duckdb/duckdb-wasm/dist");
const VENDOR = ["duckdb-eh.wasm", "duckdb-browser-eh.worker.js"];

export type Harness = { url: string; close: () => Promise<void> };

export type HarnessOptions = {
  /** What the page runs. */
  entry?: string;
  /** A folder whose files it finds under /files/. */
  files?: string;
};

/** Serves a page that holds the browser's engine alone, on loopback, without an app behind it. */
export async function startHarness({
  entry = path.join(import.meta.dirname, "page.ts"),
  files,
}: HarnessOptions = {}): Promise<Harness> {
  const script = await bundle(entry);
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    const name = path.basename(pathname);
    if (pathname === "/") {
      response.setHeader("content-type", "text/html; charset=utf-8");
      // As the app's own: nothing from elsewhere.
      response.setHeader(
        "content-security-policy",
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self' blob:",
      );
      response.end(
        '<!doctype html><html lang="en"><title>engine</title><script src="/page.js"></script></html>',
      );
    } else if (pathname === "/page.js") {
      response.setHeader("content-type", "text/javascript; charset=utf-8");
      response.end(script);
    } else if (pathname.startsWith("/vendor/duckdb-wasm/") && VENDOR.includes(name)) {
      response.setHeader("content-type", name.endsWith(".wasm") ? "application/wasm" : "text/javascript");
      response.end(await readFile(path.join(DUCKDB, name)));
    } else if (files !== undefined && pathname.startsWith("/files/")) {
      response.end(await readFile(path.join(files, name)));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => closed(server) };
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    tsconfig: path.join(root, "tsconfig.json"),
    absWorkingDir: root,
  });
  return outputFiles[0]?.text ?? "";
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
