import { existsSync } from "node:fs";
import { runCommand } from "./run-command.mjs";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

function installed() {
  return [process.env.CHROMIUM_PATH, ...PLACES, MAC].find((file) => file && existsSync(file));
}

/** A Chromium on this machine; as root on Debian it is installed if need be. `missing` says what to do otherwise. */
export async function findChromium() {
  const found = installed();
  if (found !== undefined) return { path: found };
  const missing = "The browser tests need Chromium: install it, or npx @sparticuz/chromium, and set CHROMIUM_PATH to it.";
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return { missing };
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    await runCommand("apt-get", ["update", "-qq"], { env });
    await runCommand("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { env });
  } catch (error) {
    return { missing: `${missing} (${error.message})` };
  }
  return { path: installed() };
}
