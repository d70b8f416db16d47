import { spawn } from "node:child_process";
import path from "node:path";
import { cleanEnvironment } from "./clean-environment.mjs";
import { engineMark, tidyEngine } from "./engines.mjs";
import { cacheFolder } from "./folders.mjs";
import { lakeVersion } from "./probe.mjs";
import { pythonEnvironment, uvProgram } from "./python.mjs";
import { secret } from "./secrets.mjs";
import { supervised } from "./supervised.mjs";

const S3_SETTINGS = ["S3_ENDPOINT", "S3_BUCKET", "S3_PREFIX", "S3_REGION", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"];

/** The bucket where the tables lie, as `s3://bucket/prefix`; undefined where they lie in the data folder. */
function bucket(variables) {
  const { S3_BUCKET: name, S3_PREFIX: prefix = "" } = variables;
  if (!name) return undefined;
  return ["s3:/", name, ...prefix.split("/")].filter((part) => part !== "").join("/");
}

/** Where the tables lie, in words for the status page. */
export function lakeDetail(variables = process.env) {
  return bucket(variables) === undefined ? "embedded service; tables in the data folder" : `embedded service; tables in ${bucket(variables)}`;
}

/** Where the lake's service answers, and with what it is asked. */
export function lakeAccess(folders, ports) {
  return { url: `http://127.0.0.1:${ports.lake}`, token: secret(folders, "lake-token") };
}

/** What the worker and the web server are told of the lake and of the programs beside it. */
export function lakeVariables({ folders, ports, python, packageIndexes = {} }) {
  const { url, token } = lakeAccess(folders, ports);
  const environment = pythonEnvironment(python, "lake");
  return {
    ...packageIndexes,
    LAKE_URL: url,
    LAKE_TOKEN: token,
    LAKE_PYTHON: environment.python,
    PYTHONPATH: environment.source,
    UV_PATH: uvProgram(python),
    CONNECTORS_DIR: path.join(cacheFolder(), "connectors"),
    DUCKDB_EXTENSIONS_DIR: environment.duckdbExtensions,
  };
}

function launchLake({ folders, ports, environment, databaseUrl }, logFd) {
  const { env: own } = process;
  const { token } = lakeAccess(folders, ports);
  // The option says nothing to Python; it tells this instance's service from another's where only command lines are shown.
  return spawn(environment.python, ["-X", `instance=${folders.id}`, "-m", "workbench_lake"], {
    cwd: environment.source,
    detached: true,
    stdio: ["ignore", logFd, logFd],
    env: {
      ...cleanEnvironment(),
      ...Object.fromEntries(S3_SETTINGS.flatMap((name) => (own[name] ? [[name, own[name]]] : []))),
      ...engineMark(folders, "lake"),
      PYTHONUNBUFFERED: "1",
      PYTHONPATH: environment.source,
      PYTHONPYCACHEPREFIX: path.join(environment.folder, "bytecode"),
      TMPDIR: folders.tmp,
      LAKE_DATABASE_URL: databaseUrl,
      LAKE_WAREHOUSE: bucket(own) ?? folders.lake,
      LAKE_TOKEN: token,
      LAKE_PORT: String(ports.lake),
      DUCKDB_EXTENSIONS_DIR: environment.duckdbExtensions,
    },
  });
}

/** The one writer of the lake's tables. */
export function lakeProgram({ folders, ports, environment, databaseUrl, status }) {
  return supervised({
    name: "lake",
    logs: folders.logs,
    launch: (log) => launchLake({ folders, ports, environment, databaseUrl }, log),
    tidy: tidyEngine(folders, "lake", `instance=${folders.id}`),
    onExit: (reason) => status.set("lake", { status: "down", detail: reason }),
  });
}

export const askLake =
  ({ url, token }) =>
  () =>
    lakeVersion(url, token);
