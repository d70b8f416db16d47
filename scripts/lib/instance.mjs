import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { appEnvironment } from "./app-environment.mjs";
import { webProgram, workerProgram } from "./app-programs.mjs";
import { buildOnce, bundlePrograms, generateClient } from "./build.mjs";
import { applyMigrations, openDatabases } from "./database-server.mjs";
import { askMlflow, askRay, embeddedRayDetail, mlflowProgram, rayProgram, tidyEngines, watchEngine } from "./engines.mjs";
import { lockHolder, tryLock } from "./file-lock.mjs";
import { dataFolders } from "./folders.mjs";
import { installPackages } from "./packages.mjs";
import { enginePorts, webPort } from "./ports.mjs";
import { probe } from "./probe.mjs";
import { explain, Problem } from "./problem.mjs";
import { findPython, installPython, pythonEnvironment } from "./python.mjs";
import { statusFile } from "./status-file.mjs";
import { step } from "./steps.mjs";
import { writeAtomically } from "./write-atomically.mjs";

/** One Benchwright on one data folder: everything it started, and how to end it. */
export function createInstance({ isDevelopment, onFatal }) {
  const folders = dataFolders();
  const watches = [];
  const programs = { app: [], engines: [], database: undefined };
  let lock;
  let isStopping = false;

  async function start() {
    lock = takeLock(folders);
    const port = await webPort(process.env.PORT);
    const ports = await enginePorts(folders);
    const status = statusFile(folders.status, ["postgres", "worker", "python", "ray", "mlflow"]);
    await tidyEngines(folders);
    const python = await findPython();
    await step("Packages", async () => ((await installPackages()) ? "installed by npm ci" : "up to date"));
    const installing = installInBackground(python, status);
    const databases = await prepare(ports, status);
    if (isStopping) return;
    const settings = engineSettings({ ports, python, databases });
    const env = appEnvironment({ folders, urls: databases.urls, port, ...settings });
    await step(isDevelopment ? "Web (development)" : "Web and worker", () => startApp({ env, port, status }));
    writeAtomically(path.join(folders.run, "web.json"), JSON.stringify({ port, url: `http://127.0.0.1:${port}` }));
    console.log(`\nBenchwright is ready at http://127.0.0.1:${port}\n`);
    await startEngines({ ports, python, databases, settings, status, installing });
  }

  /** The Python packages come down while the rest goes on; the page does not wait for them. */
  function installInBackground(python, status) {
    if (python.missing !== undefined) {
      status.set("python", { status: "not_offered", detail: python.missing });
      return Promise.resolve(false);
    }
    status.set("python", { status: "starting", detail: "the Python packages are being installed", version: python.version });
    const work = step("Python packages", async () =>
      (await installPython(python, { log: path.join(folders.logs, "python.log") })) ? "installed by uv" : "up to date",
    );
    return work.then(
      () => {
        status.set("python", { status: "up", detail: "the packages are installed", version: python.version });
        return true;
      },
      (error) => {
        const detail = explain(error) ?? error.message;
        status.set("python", { status: "down", detail, version: python.version });
        console.error(`Python packages: ${detail}`);
        return false;
      },
    );
  }

  async function prepare(ports, status) {
    const opening = (async () => {
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
    })();
    const building = step("Build", async () => {
      if (!isDevelopment) return (await buildOnce()) ? "built" : "up to date";
      const log = path.join(folders.logs, "build.log");
      await generateClient(log);
      await bundlePrograms(log);
      return "programs bundled";
    });
    const [databases] = await settleAll([opening, building]);
    return databases;
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

  function engineSettings({ ports, python }) {
    const canRun = python.missing === undefined;
    return {
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
    const external = { ray: process.env.RAY_ADDRESS, mlflow: process.env.MLFLOW_TRACKING_URI };
    const asks = { ray: askRay(settings.rayAddress), mlflow: askMlflow(settings.mlflowUri) };
    for (const name of ["ray", "mlflow"]) {
      if (external[name]) watches.push(watchEngine(name, { ask: asks[name], status, detail: `at ${new URL(external[name]).host}` }));
      else if (python.missing !== undefined) status.set(name, { status: "not_offered", detail: python.missing });
      else status.set(name, { status: "starting", detail: "waits for the Python packages" });
    }
    const wanted = ["ray", "mlflow"].filter((name) => !external[name] && python.missing === undefined);
    if (wanted.length === 0) return;
    if (!(await installing)) {
      for (const name of wanted) status.set(name, { status: "down", detail: `its Python packages could not be installed: ${status.get("python").detail}` });
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
      console.log(`${(name === "ray" ? "Ray" : "MLflow").padEnd(24)} ${`${seconds} s`.padStart(8)}  ${state.version ?? ""}, ${state.detail}`);
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
