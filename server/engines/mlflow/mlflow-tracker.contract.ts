import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { describeExperimentTrackerContract } from "../../../domain/ports/experiment-tracker.contract";
import { describeModelRegistryContract } from "../../../domain/ports/model-registry.contract";
import { mlflowCall } from "./mlflow-http";
import { mlflowTracker } from "./mlflow-tracker";

// biome-ignore lint/style/noProcessEnv: a contract says itself which engine it runs against.
const trackingUri = process.env.CONTRACT_MLFLOW_TRACKING_URI ?? "";

if (trackingUri === "") {
  describe("ExperimentTracker: MLflow", () => {
    it.skip("needs CONTRACT_MLFLOW_TRACKING_URI, the address of an MLflow server", () => {});
  });
} else {
  const call = mlflowCall(trackingUri);
  const api = "api/2.0/mlflow";

  describeExperimentTrackerContract("MLflow", async () => ({
    tracker: mlflowTracker({ trackingUri }),
    freshName: () => `contract-${randomUUID()}`,
    async begin(experiment_id) {
      const start_time = Date.now();
      const { run } = await call<{ run: { info: { run_id: string } } }>("POST", `${api}/runs/create`, {
        experiment_id,
        start_time,
      });
      return run.info.run_id;
    },
    async train({ experimentId, tags, model }) {
      const { run } = await call<{ run: { info: { run_id: string } } }>("POST", `${api}/runs/create`, {
        experiment_id: experimentId,
        start_time: Date.now(),
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      });
      const run_id = run.info.run_id;
      await call("POST", `${api}/runs/update`, { run_id, status: "FINISHED", end_time: Date.now() });
      await call("POST", `${api}/registered-models/create`, { name: model });
      await call("POST", `${api}/model-versions/create`, {
        name: model,
        source: `runs:/${run_id}/model`,
        run_id,
      });
      return run_id;
    },
  }));

  describeModelRegistryContract("MLflow", async () => ({
    registry: mlflowTracker({ trackingUri }),
    freshName: () => `contract-${randomUUID()}`,
    async register(name, tags) {
      const experiment_id = await mlflowTracker({ trackingUri }).ensureExperiment("contract-registry");
      const { run } = await call<{ run: { info: { run_id: string } } }>("POST", `${api}/runs/create`, {
        experiment_id,
        start_time: Date.now(),
      });
      const run_id = run.info.run_id;
      await call("POST", `${api}/registered-models/create`, { name }).catch(() => undefined);
      await call("POST", `${api}/model-versions/create`, {
        name,
        source: `runs:/${run_id}/model`,
        run_id,
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      });
      return run_id;
    },
  }));

  describe("mlflowTracker", () => {
    it("takes a deleted experiment back", async () => {
      const tracker = mlflowTracker({ trackingUri });
      const name = `contract-${randomUUID()}`;
      const id = await tracker.ensureExperiment(name);
      await call("POST", `${api}/experiments/delete`, { experiment_id: id });
      expect(await tracker.ensureExperiment(name)).toBe(id);
    });
  });
}
