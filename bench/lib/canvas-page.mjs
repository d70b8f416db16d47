import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { basename } from "node:path";
import tailwind from "@tailwindcss/postcss";
import { build } from "esbuild";
import { root } from "./instance.mjs";

// The postcss that the plugin itself was built for.
const postcss = createRequire(createRequire(import.meta.url).resolve("@tailwindcss/postcss"))("postcss");

const page = `<!doctype html><html lang="en" data-theme="light"><head><title>graph</title>
<link rel="stylesheet" href="/globals.css"><link rel="stylesheet" href="/flow-canvas-page.css"></head>
<body><main id="board" style="height:100vh"></main><script type="module" src="/flow-canvas-page.js"></script></body></html>`;

/** Serves the graph's canvas alone, with its workers and the app's styles, on loopback: { url, close }. */
export async function serveCanvas() {
  const { outputFiles } = await build({
    entryPoints: [
      `${root}bench/flow-canvas-page.ts`,
      `${root}components/graph/canvas/paint/paint.worker.ts`,
      `${root}components/graph/layout/layout.worker.ts`,
    ],
    entryNames: "[name]",
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    tsconfig: `${root}tsconfig.json`,
    absWorkingDir: root,
    outdir: "/",
  });
  const styles = `${root}app/globals.css`;
  const { css } = await postcss([tailwind()]).process(await readFile(styles, "utf8"), { from: styles });
  const files = new Map([
    ["/", page],
    ["/globals.css", css],
  ]);
  for (const { path, text } of outputFiles) {
    files.set(`/${basename(path)}`, text);
    // The bundle asks for its workers by the names of their sources.
    if (path.endsWith(".worker.js")) files.set(`/${basename(path, ".js")}.ts`, text);
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    const text = files.get(pathname);
    const type = pathname.endsWith(".css") ? "text/css" : pathname === "/" ? "text/html" : "text/javascript";
    response.writeHead(text === undefined ? 404 : 200, { "content-type": `${type}; charset=utf-8` });
    response.end(text);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
