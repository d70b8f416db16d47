import { randomUUID } from "node:crypto";
import { describeExperimentTrackerContract } from "../../../domain/ports/experiment-tracker.contract";
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
