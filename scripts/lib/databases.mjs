import pg from "pg";
import { Problem } from "./problem.mjs";

/** One sentence for why a server could not be used; never with the password. */
export function describeDatabaseFailure(variable, url, error) {
  const { hostname, port, pathname, username } = new URL(url);
  const place = `${hostname}:${port || 5432}`;
  const sentences = {
    ECONNREFUSED: `no PostgreSQL listens at ${place}`,
    ENOTFOUND: `the host ${hostname} is not known`,
    EAI_AGAIN: `the host ${hostname} could not be looked up`,
    ETIMEDOUT: `${place} does not answer`,
    "28P01": `the password of ${username} was refused`,
    "28000": `the user ${username} was refused`,
    "3D000": `there is no database ${pathname.slice(1)}`,
    42501: `the user ${username} lacks a right (${error.message})`,
  };
  return `${variable} does not work: ${sentences[error.code] ?? error.message}.`;
}

function parseUrl(variable, text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new Problem(`${variable} is no address; it should look like postgresql://user:password@host:5432/database.`);
  }
  if (!/^postgres(ql)?:$/.test(url.protocol)) throw new Problem(`${variable} must begin with postgresql://, not ${url.protocol}//.`);
  return url;
}

async function ask(url, sql) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end().catch(() => {});
  }
}

/** The databases of a server that the person named; the three beside the first are made where that is allowed. */
export async function externalDatabases(variables) {
  const app = variables.DATABASE_URL;
  const base = parseUrl("DATABASE_URL", app);
  let version;
  try {
    version = (await ask(app, "SHOW server_version")).server_version.split(" ")[0];
  } catch (error) {
    throw new Problem(describeDatabaseFailure("DATABASE_URL", app, error));
  }
  const beside = async (variable, suffix) => {
    const given = variables[variable];
    if (given) parseUrl(variable, given);
    const name = `${decodeURIComponent(base.pathname.slice(1))}${suffix}`;
    const url = given ?? Object.assign(new URL(app), { pathname: `/${name}` }).href;
    await ensureReachable(variable, url, given ? undefined : { from: app, name });
    return url;
  };
  const urls = {
    app,
    dbos: await beside("DBOS_DATABASE_URL", "_dbos"),
    mlflow: await beside("MLFLOW_DATABASE_URL", "_mlflow"),
    lake: await beside("LAKE_DATABASE_URL", "_lake"),
  };
  return { version, urls };
}

async function ensureReachable(variable, url, make) {
  try {
    await ask(url, "SELECT 1");
  } catch (error) {
    if (error.code !== "3D000" || make === undefined) throw new Problem(describeDatabaseFailure(variable, url, error));
    try {
      await ask(make.from, `CREATE DATABASE "${make.name.replaceAll('"', '""')}"`);
    } catch (cause) {
      throw new Problem(`The database ${make.name} is missing and could not be made (${cause.message}); make it or set ${variable}.`);
    }
  }
}
