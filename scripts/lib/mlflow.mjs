import { spawn } from "node:child_process";
import path from "node:path";
import { cleanEnvironment } from "./clean-environment.mjs";

/** Starts the tracking server. Its database's address holds a password, so it goes by environment, not by command line. */
export function launchMlflow({ folders, ports, environment, instance, databaseUrl }, logFd) {
  const env = cleanEnvironment();
  const args = ["--host", "127.0.0.1", "--port", String(ports.mlflow), "--workers", "1", "--serve-artifacts"];
  return spawn(path.join(environment.bin, "mlflow"), ["server", ...args, "--artifacts-destination", folders.mlflow], {
    cwd: folders.tmp,
    detached: true,
    stdio: ["ignore", logFd, logFd],
    env: {
      ...env,
      ...instance,
      PATH: `${environment.bin}${path.delimiter}${env.PATH ?? ""}`,
      PYTHONUNBUFFERED: "1",
      TMPDIR: folders.tmp,
      MLFLOW_BACKEND_STORE_URI: databaseUrl.replace(/^postgres(ql)?:/, "postgresql+psycopg2:"),
      // Otherwise it keeps ten more processes for jobs that nobody submits.
      MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
      MLFLOW_DISABLE_TELEMETRY: "true",
      DO_NOT_TRACK: "true",
    },
  });
}
