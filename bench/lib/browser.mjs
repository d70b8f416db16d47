import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { onCleanup } from "./cleanup.mjs";

const systemBrowsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const flags = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A Chromium: `CHROMIUM_PATH`, the system's, or Playwright's own. */
export async function startBrowser() {
  const path = process.env.CHROMIUM_PATH ?? systemBrowsers.find((candidate) => existsSync(candidate));
  const browser = await chromium.launch({
    ...(path === undefined ? {} : { executablePath: path }),
    args: process.getuid?.() === 0 ? [...flags, "--no-sandbox"] : flags,
  });
  const forget = onCleanup(() => browser.close());
  return { browser, stop: forget };
}

/**
 * Opens `url` with an empty cache and returns the scripts that crossed the network until it was quiet:
 * [{ path, bytes }] with the bytes as transferred (compressed, headers included), and the address it ended at.
 */
export async function scriptsOf(context, url) {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  const scripts = new Map();
  const isScript = ({ type, response }) => type === "Script" || /javascript/.test(response.mimeType);
  devtools.on("Network.responseReceived", (event) => {
    if (isScript(event))
      scripts.set(event.requestId, { path: new URL(event.response.url).pathname, bytes: 0 });
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const script = scripts.get(requestId);
    if (script !== undefined) script.bytes = encodedDataLength;
  });
  const answer = await page.goto(url, { waitUntil: "load", timeout: 30_000 });
  if (!answer?.ok()) throw new Error(`${url} answered ${answer?.status()}`);
  // A page with an open event stream is never idle; a fixed quiet time catches what is loaded after the first paint.
  await page.waitForTimeout(3_000);
  const endedAt = page.url();
  await page.close();
  return { endedAt, scripts: [...scripts.values()] };
}
