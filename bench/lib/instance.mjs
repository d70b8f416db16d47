import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.mjs";
import { runProcess, startProcess, until } from "./processes.mjs";
import { temporaryFolder } from "./temporary-folder.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Settings of a person's own shell must not lead a benchmark to their engines or data. */
const ownEngines = {
  DATABASE_URL: "",
  DBOS_DATABASE_URL: "",
  RAY_ADDRESS: "",
  MLFLOW_TRACKING_URI: "",
  NEXTAUTH_URL: "",
};

/**
 * Starts the app on `data` and resolves when its page is usable: the supervisor has said so and the first page answers.
 * `readyMs` counts from the start of the process to that answer.
 */
export async function startApp({ data, cwd = root, env = {}, timeoutMs = 120_000 }) {
  const port = await freePort();
  const settings = { ...ownEngines, BENCHWRIGHT_DATA: data, PORT: String(port), ...env };
  const supervisor = startProcess(process.execPath, ["scripts/start.mjs"], { cwd, env: settings });
  const ready = await supervisor.line(/Benchwright is ready at \S+/, timeoutMs);
  const url = /ready at (http\S+?)[.,]?$/.exec(ready.text.trim())?.[1] ?? `http://127.0.0.1:${port}`;
  await until("a usable page", 30_000, async () => ((await fetch(url)).ok ? true : undefined), 25);
  const readyMs = performance.now() - supervisor.startedAt;
  return { url, data, settings, readyMs, supervisor, stop: () => supervisor.stop(20_000) };
}

/** The states of the engines as the supervisor keeps them. */
const engines = async (app) => JSON.parse(await readFile(join(app.data, "run", "engines.json"), "utf8"));

/** Waits until the named engines are up; an engine that is down or not offered ends the waiting at once. */
export async function enginesUp(app, names, timeoutMs = 180_000) {
  return until(`${names.join(" and ")} up`, timeoutMs, async () => {
    const states = await engines(app);
    for (const name of names) {
      if (states[name]?.status === "not_offered") {
        throw Object.assign(new Error(`${name} is not offered here: ${states[name].detail}`), {
          fatal: true,
        });
      }
    }
    return names.every((name) => states[name]?.status === "up") ? states : undefined;
  });
}

/** A token of the sample workspace, made by the same command that a person would use. */
export async function makeToken(app, role = "engineer") {
  const { lines } = await runProcess(
    process.execPath,
    ["scripts/token.mjs", "--workspace", "sample", "--role", role],
    {
      cwd: root,
      env: app.settings,
      timeoutMs: 60_000,
    },
  );
  const token = lines.map((line) => line.trim()).findLast((line) => /^\S{20,}$/.test(line));
  if (token === undefined) throw new Error("the token command printed no token");
  return token;
}

/** An app on fresh data, shared by the measures of one invocation; started on the first call. */
export function sharedApp(say) {
  let starting;
  return () => {
    starting ??= (async () => {
      const folder = await temporaryFolder();
      const app = await startApp({ data: folder.path, timeoutMs: 600_000 });
      say(`an app on fresh data is ready after ${(app.readyMs / 1000).toFixed(1)} s`);
      return app;
    })();
    return starting;
  };
}
