import { randomUUID } from "node:crypto";
import { describeExperimentTrackerContract } from "../../../domain/ports/experiment-tracker.contract";
import { describeModelRegistryContract } from "../../../domain/ports/model-registry.contract";
import { memoryTracker } from "./tracker";

describeExperimentTrackerContract("memory", async () => {
  const tracker = memoryTracker();
  return {
    tracker,
    freshName: randomUUID,
    begin: async (experimentId) => tracker.addRun({ experimentId, status: "RUNNING" }).id,
    async train({ experimentId, tags, model }) {
      const { id } = tracker.addRun({ experimentId, tags });
      tracker.addModelVersion({ name: model, version: "1", runId: id, tags: {} });
      return id;
    },
  };
});

describeModelRegistryContract("memory", async () => {
  const tracker = memoryTracker();
  return {
    registry: tracker,
    freshName: randomUUID,
    async register(name, tags) {
      const { id } = tracker.addRun({ experimentId: "1" });
      const version = String((await tracker.registeredVersions(name)).length + 1);
      tracker.addModelVersion({ name, version, runId: id, tags });
      return id;
    },
  };
});
