import { version } from "./folders.mjs";
import { secret } from "./secrets.mjs";

/** What the worker, the web server and the command line read at their door (server/config/env.ts). */
export function appEnvironment({ folders, urls, port, rayAddress, mlflowUri, sampleFolder, lake = {}, instance }) {
  const optional = { RAY_ADDRESS: rayAddress, MLFLOW_TRACKING_URI: mlflowUri, BENCHWRIGHT_SAMPLE_DIR: sampleFolder, ...lake };
  const given = Object.entries(optional).filter(([, value]) => value !== undefined);
  return {
    ...process.env,
    ...instance,
    ...Object.fromEntries(given),
    BENCHWRIGHT_DATA: folders.base,
    BENCHWRIGHT_VERSION: version,
    BENCHWRIGHT_ENGINES_STATUS: folders.status,
    PORT: String(port),
    DATABASE_URL: urls.app,
    DBOS_DATABASE_URL: urls.dbos,
    // Trino reads the lake's catalog there; nobody else of these programs does.
    LAKE_DATABASE_URL: process.env.TRINO_URL ? urls.lake : "",
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || `http://127.0.0.1:${port}`,
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || secret(folders, "session-secret"),
    SECRET_BOX_KEY: process.env.SECRET_BOX_KEY || secret(folders, "secret-box-key", { encoding: "base64" }),
  };
}
