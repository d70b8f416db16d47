import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "vitest";
import { describeConnectorRunnerContract } from "../../../domain/ports/connector-runner.contract";
import { pythonConnectorRunner } from "./python-connector-runner";

const {
  CONTRACT_LAKE_PYTHON: python = "",
  CONTRACT_LAKE_URL: url = "",
  CONTRACT_LAKE_TOKEN: token = "",
  CONTRACT_UV_PATH: uv = "",
  CONNECTORS_DIR: connectorsDir = "",
  ...variables
  // biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
} = process.env;
const passedOn = Object.fromEntries(
  Object.entries(variables).filter(([name]) => /^(PATH|HOME|UV_.*|SSL_CERT_FILE)$/.test(name)),
) as Record<string, string>;

if (python === "" || url === "" || uv === "") {
  describe("ConnectorRunner: Python", () => {
    it.skip("needs a running lake service (CONTRACT_LAKE_PYTHON, CONTRACT_LAKE_URL, CONTRACT_LAKE_TOKEN) and CONTRACT_UV_PATH", () => {});
  });
} else {
  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
  describeConnectorRunnerContract("Python, source-faker", async () => {
    const runningDir = await mkdtemp(join(tmpdir(), "connector-contract-"));
    folders.push(runningDir);
    return {
      runner: pythonConnectorRunner({
        python,
        uv,
        connectorsDir: connectorsDir || runningDir,
        runningDir,
        lake: { url, token },
        env: { ...passedOn, PYTHONPATH: join(import.meta.dirname, "../../../lake") },
      }),
      connector: "source-faker",
      version: "7.2.1",
      stream: "users",
      config: (rows) => ({ count: rows, seed: 1, parallelism: 1, always_updated: false }),
      wrongConfig: (secret) => ({ count: secret }),
      rowCount: async (workspaceId, table) => {
        const response = await fetch(`${url}/v1/${workspaceId}/tables/${table}`, {
          headers: { Authorization: `Bearer ${token}` },
        });
        return response.ok ? ((await response.json()) as { row_count: number }).row_count : null;
      },
      freshId: randomUUID,
    };
  });
}
