#!/usr/bin/env node
// Stands in for Prisma's native schema engine (JSON-RPC over stdio) with its WebAssembly build, so that nothing
// has to be downloaded from outside the package registry. For developers: at start, scripts/lib/migrate.mjs applies migrations.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { administer, ShadowSafeFactory } from "./lib/prisma-adapter.mjs";

const NO_DATABASE = "postgresql://127.0.0.1:1/none";
const argv = process.argv.slice(2);

async function loadEngine() {
  const folder = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const bindings = await import(path.join(folder, "schema_engine_bg.js"));
  const wasm = new WebAssembly.Module(readFileSync(path.join(folder, "schema_engine_bg.wasm")));
  const instance = new WebAssembly.Instance(wasm, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings;
}

function valuesOf(option) {
  return argv.flatMap((argument, index) => (argument === option ? [argv[index + 1]] : []));
}

/** The CLI reads the last JSON line of standard error. */
function reportError(message, errorCode) {
  const line = { timestamp: new Date().toISOString(), level: "ERROR", fields: { message, error_code: errorCode } };
  process.stderr.write(`${JSON.stringify({ ...line, target: "schema_engine::logger" })}\n`);
}

async function runCliCommand(url) {
  try {
    if (argv.includes("can-connect-to-database")) await administer(url, "SELECT 1");
    const name = decodeURIComponent(new URL(url).pathname.slice(1)) || "postgres";
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const maintenance = new URL(url);
    maintenance.pathname = "/postgres";
    if (argv.includes("create-database")) await administer(maintenance.href, `CREATE DATABASE ${quoted}`);
    if (argv.includes("drop-database")) await administer(maintenance.href, `DROP DATABASE IF EXISTS ${quoted}`);
    return 0;
  } catch (error) {
    reportError(error.message, error.code === "3D000" ? "P1003" : "P1001");
    return 1;
  }
}

function errorAnswer(id, error) {
  let message = error?.message ?? String(error);
  try {
    message = JSON.parse(message).message ?? message;
  } catch {
    // The engine's own errors are JSON; others are plain text.
  }
  const data = { is_panic: false, message, error_code: error.code, meta: error.meta ?? {} };
  return { jsonrpc: "2.0", id, error: { code: error.code === undefined ? -32000 : 4466, message, data } };
}

function send(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function serve(bindings, datasource) {
  const datamodels = valuesOf("--datamodels").map((file) => [file, readFileSync(file, "utf8")]);
  const factory = bindMigrationAwareSqlAdapterFactory(new ShadowSafeFactory(datasource));
  let engine;
  const started = () => {
    engine ??= bindings.SchemaEngine.new({ datamodels: datamodels.length > 0 ? datamodels : undefined }, () => {}, factory);
    return engine;
  };
  const answers = new Set();
  async function answer(line) {
    const { id, method, params } = JSON.parse(line);
    if (!method) return;
    try {
      const target = await started();
      const result = await target[method === "getDatabaseVersion" ? "version" : method](params ?? {});
      if (method === "diff" && result?.stdout) {
        send({ jsonrpc: "2.0", id: 1_000_000 + id, method: "print", params: { content: result.stdout } });
      }
      send({ jsonrpc: "2.0", id, result: result ?? null });
    } catch (error) {
      send(errorAnswer(id, error));
    }
  }
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "") continue;
    const pending = answer(line).finally(() => answers.delete(pending));
    answers.add(pending);
  }
  await Promise.all(answers);
}

const bindings = await loadEngine();
if (argv[0] === "--version" || argv[0] === "-V") {
  console.log(`schema-engine-cli ${bindings.version()}`);
  process.exit(0);
}
const datasource = { url: NO_DATABASE, ...JSON.parse(valuesOf("--datasource")[0] ?? "{}") };
if (argv.includes("cli")) process.exit(await runCliCommand(datasource.url));
await serve(bindings, datasource);
process.exit(0);
