import { randomUUID } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { describeConnectorRunnerContract } from "../../../domain/ports/connector-runner.contract";
import { type MemorySource, type MemoryTable, memoryConnectorRunner } from "./connector-runner";

describeConnectorRunnerContract("memory", async () => {
  const tables = new Map<string, MemoryTable>();
  const source: MemorySource = {
    rows: {},
    checkpoint: 100,
    check: (config) => {
      const { wrong } = config as { wrong?: string };
      return wrong === undefined ? { ok: true, message: "" } : { ok: false, message: "The source says no." };
    },
    beforeCommit: async () => {
      await turn();
    },
  };
  return {
    runner: memoryConnectorRunner(source, tables),
    connector: "source-memory",
    version: "1.0.0",
    stream: "things",
    config: (rows) => {
      source.rows.things = rows;
      return {};
    },
    wrongConfig: (secret) => ({ wrong: secret }),
    rowCount: async (workspaceId, table) => tables.get(`${workspaceId} ${table}`)?.rows.length ?? null,
    freshId: randomUUID,
  };
});
