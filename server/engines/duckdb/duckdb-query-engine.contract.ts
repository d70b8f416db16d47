import { access, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeQueryEngineContract } from "../../../domain/ports/query-engine.contract";
import { duckdbQueryEngine } from "./duckdb-query-engine";

describeQueryEngineContract("DuckDB", async () => {
  const root = await mkdtemp(join(tmpdir(), "duckdb-"));
  const lake = join(root, "lake");
  await mkdir(lake);
  const engine = duckdbQueryEngine({
    processPath: fileURLToPath(new URL("./duckdb-process.ts", import.meta.url)),
    execArgv: ["--import", "tsx"],
    memoryLimitBytes: 512 * 1024 ** 2,
    threads: 2,
    tempDir: join(root, "tmp"),
    readableDirs: [lake],
    writableDirs: [lake],
  });
  let files = 0;
  return {
    engine,
    freshPath: async () => join(lake, `file-${++files}.parquet`),
    exists: (path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    dispose: async () => {
      await engine.close();
      await rm(root, { recursive: true, force: true });
    },
  };
});
