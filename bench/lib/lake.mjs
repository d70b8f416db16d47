import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { enginesUp } from "./instance.mjs";

/** Calls of the lake's service of `app`, once it is up: `lake(method, path, body)`, the path after `/v1`. */
export async function lakeOf(app) {
  await enginesUp(app, ["lake"]);
  const ports = JSON.parse(readFileSync(join(app.data, "run", "ports.json"), "utf8"));
  const token = readFileSync(join(app.data, "secrets", "lake-token"), "utf8").trim();
  return async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${ports.lake}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
    return JSON.parse(text);
  };
}

/** Runs statements in a DuckDB of its own. */
export async function inDuckdb(statements) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    for (const statement of statements) await connection.run(statement);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
