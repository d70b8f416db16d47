import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { appEnvironment } from "./app-environment.mjs";
import { webProgram, workerProgram } from "./app-programs.mjs";
import { copyBrowserFiles } from "./browser-files.mjs";
import { buildOnce, bundlePrograms, generateClient } from "./build.mjs";
import { applyMigrations, openDatabases } from "./database-server.mjs";
import { askMlflow, askRay, askTrino, embeddedRayDetail, mlflowProgram, rayProgram, tidyEngines, watchEngine } from "./engines.mjs";
import { externalEngines } from "./engine-addresses.mjs";
import { lockHolder, tryLock } from "./file-lock.mjs";
import { dataFolders } from "./folders.mjs";
import { askLake, lakeAccess, lakeDetail, lakeProgram, lakeVariables } from "./lake.mjs";
import { installPackages } from "./packages.mjs";
import { enginePorts, webPort } from "./ports.mjs";
import { probe } from "./probe.mjs";
import { explain, Problem } from "./problem.mjs";
import { findPython, installPython, packageIndexSettings, pythonEnvironment } from "./python.mjs";
import { statusFile } from "./status-file.mjs";
import { step } from "./steps.mjs";
import { writeAtomically } from "./write-atomically.mjs";

const LABELS = { lake: "Lake", ray: "Ray", mlflow: "MLflow" };

/** One Benchwright on one data folder: everything it started, and how to end it. */
export function createInstance({ isDevelopment, onFatal }) {
  const folders = dataFolders();
  const watches = [];
  const programs = { app: [], engines: [], database: undefined };
  let lock;
  let isStopping = false;

  async function start() {
    lock = takeLock(folders);
    const external = externalEngines();
    const port = await webPort(process.env.PORT);
    const ports = await enginePorts(folders);
    const names = ["postgres", "worker", "lake", "python", "ray", "mlflow", ...(external.trino ? ["trino"] : [])];
    const status = statusFile(folders.status, names);
    await tidyEngines(folders);
    for (const left of readdirSync(folders.tmp)) rmSync(path.join(folders.tmp, left), { recursive: true, force: true });
    const python = await findPython();
    await step("Packages", async () => ((await installPackages()) ? "installed by npm ci" : "up to date"));
    const installing = installInBackground(python, status);
    const opening = openAll(ports, status);
    startLake({ ports, python, opening, installing: installing.lake, status });
    const [databases, packageIndexes] = await prepare(opening, python);
    if (isStopping) return;
    const settings = engineSettings({ ports, python, packageIndexes });
    const env = appEnvironment({ folders, urls: databases.urls, port, ...settings });
    await step(isDevelopment ? "Web (development)" : "Web and worker", () => startApp({ env, port, status }));
    writeAtomically(path.join(folders.run, "web.json"), JSON.stringify({ port, url: `http://127.0.0.1:${port}` }));
    console.log(`\nBenchwright is ready at http://127.0.0.1:${port}\n`);
    await startEngines({ ports, python, databases, settings, status, installing: installing.jobs });
  }

  /** The Python packages come down while the rest goes on; the page does not wait for them. The lake's are few and come first. */
  function installInBackground(python, status) {
    if (python.missing !== undefined) {
      for (const name of ["lake", "python"]) status.set(name, { status: "not_offered", detail: python.missing });
      return { lake: Promise.resolve(false), jobs: Promise.resolve(false) };
    }
    const lake = installOne(python, { name: "lake", title: "Python packages (lake)", engine: "lake", status });
    const jobs = lake.then(() => installOne(python, { name: "jobs", title: "Python packages (jobs)", engine: "python", status }));
    return { lake, jobs };
  }

  async function installOne(python, { name, title, engine, status }) {
    const { version } = python;
    status.set(engine, { status: "starting", detail: "the Python packages are being installed", version });
    const log = path.join(folders.logs, "python.log");
    try {
      await step(title, async () => ((await installPython(python, { log, name })) ? "installed by uv" : "up to date"));
      if (engine === "python") status.set(engine, { status: "up", detail: "the packages are installed", version });
      return true;
    } catch (error) {
      const detail = explain(error) ?? error.message;
      status.set(engine, { status: "down", detail: `its Python packages could not be installed: ${detail}`, version });
      console.error(`${title}: ${detail}`);
      return false;
    }
  }

  async function openAll(ports, status) {
    let databases;
    await step("PostgreSQL", async () => {
      databases = await openDatabases(folders, ports, {
        onServer: (program) => {
          programs.database = program;
        },
        onExit: (reason) => status.set("postgres", { status: "down", detail: reason }),
      });
      return `${databases.version}, ${databases.isEmbedded ? "embedded" : "at DATABASE_URL"}`;
    });
    await step("Migrations", async () => {
      const applied = await applyMigrations(databases.urls);
      return applied.length === 0 ? "nothing to apply" : `applied ${applied.join(", ")}`;
    });
    const { isEmbedded, version } = databases;
    status.set("postgres", { status: "up", detail: isEmbedded ? "embedded server" : "at DATABASE_URL", version });
    if (isEmbedded) watchDatabase(databases, status);
    return databases;
  }

  async function prepare(opening, python) {
    const building = step("Build", async () => {
      if (!isDevelopment) return (await buildOnce()) ? "built" : "up to date";
      const log = path.join(folders.logs, "build.log");
      await generateClient(log);
      copyBrowserFiles();
      await bundlePrograms(log);
      return "programs bundled";
    });
    const indexes = python.missing === undefined ? packageIndexSettings(python) : {};
    const [databases, packageIndexes] = await settleAll([opening, indexes, building]);
    return [databases, packageIndexes];
  }

  /** The lake's service starts beside the rest, as soon as its packages and its database are there. */
  async function startLake({ ports, python, opening, installing, status }) {
    const [databases, isInstalled] = await Promise.all([opening.catch(() => undefined), installing]);
    if (databases === undefined || !isInstalled || isStopping) return;
    const environment = pythonEnvironment(python, "lake");
    const program = lakeProgram({ folders, ports, environment, databaseUrl: databases.urls.lake, status });
    programs.engines.push(program);
    status.set("lake", { status: "starting", detail: "is starting" });
    program.start();
    const ask = askLake(lakeAccess(folders, ports));
    watches.push(watchEngine("lake", { ask, status, detail: lakeDetail(), isRunning: program.isRunning }));
    reportWhenUp("lake", status);
  }

  function watchDatabase(databases, status) {
    const { program, version, ready } = databases;
    let wasRunning = program.pid;
    const timer = setInterval(async () => {
      if (!program.isRunning() || program.pid === wasRunning) return;
      wasRunning = program.pid;
      const isBack = await ready().then(() => true, () => false);
      if (isBack) status.set("postgres", { status: "up", detail: "embedded server, started again", version });
      else wasRunning = undefined;
    }, 500);
    watches.push(() => clearInterval(timer));
  }

  function engineSettings({ ports, python, packageIndexes }) {
    const canRun = python.missing === undefined;
    return {
      lake: canRun ? lakeVariables({ folders, ports, python, packageIndexes }) : {},
      instance: { BENCHWRIGHT_INSTANCE: folders.id },
      rayAddress: process.env.RAY_ADDRESS || (canRun ? `http://127.0.0.1:${ports.rayDashboard}` : undefined),
      mlflowUri: process.env.MLFLOW_TRACKING_URI || (canRun ? `http://127.0.0.1:${ports.mlflow}` : undefined),
      sampleFolder: process.env.BENCHWRIGHT_SAMPLE_DIR || (canRun ? pythonEnvironment(python).sampleFolder : undefined),
    };
  }

  async function startApp({ env, port, status }) {
    const onExit = (reason) => console.error(`The web server ${reason}`);
    const worker = workerProgram({ folders, env, isDevelopment, status });
    const web = webProgram({ folders, env, isDevelopment, port, onExit });
    programs.app.push(web, worker);
    await Promise.all([web.start(), worker.start()]);
    const deadline = performance.now() + 60_000;
    while (!isStopping && (await probe(`http://127.0.0.1:${port}/`, 30_000)) === undefined) {
      if (performance.now() > deadline) throw new Problem(`The web server does not answer; see ${path.join(folders.logs, "web.log")}.`);
      await sleep(50);
    }
  }

  async function startEngines({ ports, python, databases, settings, status, installing }) {
    const external = externalEngines();
    const asks = { ray: askRay(settings.rayAddress), mlflow: askMlflow(settings.mlflowUri) };
    if (external.trino) watches.push(watchEngine("trino", { ask: askTrino(external.trino), status, detail: `at ${new URL(external.trino).host}`, isExternal: true }));
    for (const name of ["ray", "mlflow"]) {
      if (external[name]) watches.push(watchEngine(name, { ask: asks[name], status, detail: `at ${new URL(external[name]).host}`, isExternal: true }));
      else if (python.missing !== undefined) status.set(name, { status: "not_offered", detail: python.missing });
      else status.set(name, { status: "starting", detail: "waits for the Python packages" });
    }
    const wanted = ["ray", "mlflow"].filter((name) => !external[name] && python.missing === undefined);
    if (wanted.length === 0) return;
    if (!(await installing)) {
      for (const name of wanted) status.set(name, { status: "down", detail: status.get("python").detail });
      return;
    }
    if (isStopping) return;
    const environment = pythonEnvironment(python);
    const make = {
      ray: () => rayProgram({ folders, ports, environment, status }),
      mlflow: () => mlflowProgram({ folders, ports, environment, databaseUrl: databases.urls.mlflow, status }),
    };
    const details = { ray: embeddedRayDetail(), mlflow: "embedded server" };
    for (const name of wanted) {
      const program = make[name]();
      programs.engines.push(program);
      status.set(name, { status: "starting", detail: "is starting" });
      program.start();
      watches.push(watchEngine(name, { ask: asks[name], status, detail: details[name], isRunning: program.isRunning }));
      reportWhenUp(name, status);
    }
  }

  function reportWhenUp(name, status) {
    const started = performance.now();
    const timer = setInterval(() => {
      const state = status.get(name);
      if (state.status !== "up") return;
      clearInterval(timer);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${LABELS[name].padEnd(24)} ${`${seconds} s`.padStart(8)}  ${state.version ?? ""}, ${state.detail}`);
    }, 200);
    watches.push(() => clearInterval(timer));
  }

  /** Ends everything within ten seconds: first what uses the database, then the database. */
  async function stop() {
    isStopping = true;
    for (const end of watches.splice(0)) end();
    await Promise.allSettled([
      ...programs.app.map((program) => program.stop(3000)),
      ...programs.engines.map((program) => program.stop(5000)),
    ]);
    await programs.database?.stop(2500);
    lock?.release();
  }

  return { start: () => start().catch(onFatal), stop };
}

function takeLock(folders) {
  const file = path.join(folders.run, "supervisor.lock");
  const lock = tryLock(file);
  if (lock !== undefined) return lock;
  throw new Problem(
    `Another Benchwright (process ${lockHolder(file)?.pid ?? "unknown"}) uses ${folders.base}; stop it, or set BENCHWRIGHT_DATA to another folder.`,
  );
}

/** Waits for all and then fails with the first failure, so that nothing goes on unseen. */
async function settleAll(works) {
  const outcomes = await Promise.allSettled(works);
  const failed = outcomes.find(({ status }) => status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return outcomes.map(({ value }) => value);
}
