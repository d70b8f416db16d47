import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  describeRunDriverContract,
  describeRunDriverCrashes,
} from "../../../domain/ports/run-driver.contract";
import { temporalRunDriver } from "./temporal-run-driver";
import { temporalRunDriverClient } from "./temporal-run-driver-client";

// biome-ignore lint/style/noProcessEnv: a contract says itself which engine it runs against.
const address = process.env.CONTRACT_TEMPORAL_ADDRESS ?? "";
// biome-ignore lint/style/noProcessEnv: as above; all of them take minutes
const pipelines = process.env.BENCHWRIGHT_FULL_TESTS === "1" ? 300 : 60;
const options = { address, namespace: "default" };

if (address === "") {
  describe("RunDriver: Temporal", () => {
    it.skip("needs CONTRACT_TEMPORAL_ADDRESS, a Temporal server that holds nothing of value", () => {});
  });
} else {
  describeRunDriverContract(
    "Temporal",
    async () => {
      const workflowsPath = fileURLToPath(new URL("./workflows/carry-run.ts", import.meta.url));
      const driver = temporalRunDriver({ ...options, workflowsPath, report: () => {} });
      const client = temporalRunDriverClient(options);
      return { driver, client, close: () => driver.close(), freshId: randomUUID };
    },
    { pipelines },
  );

  describeRunDriverCrashes("Temporal", () => ({
    client: temporalRunDriverClient(options),
    program: fileURLToPath(new URL("./run-crash-worker.ts", import.meta.url)),
    args: [options.address, options.namespace],
    freshId: randomUUID,
  }));

  describe("A Temporal that is not there", () => {
    it("is a failure that says so", async () => {
      const nowhere = temporalRunDriverClient({ address: "127.0.0.1:1", namespace: "default" });
      await expect(nowhere.state("x")).rejects.toMatchObject({ code: "engine_unavailable", retryable: true });
      await nowhere.close();
    });
  });
}
