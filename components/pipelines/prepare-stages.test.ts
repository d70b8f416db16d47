import { describe, expect, it } from "vitest";
import type { PipelineDocument } from "@/domain/pipelines/document/pipeline-document";
import type { RunView, TaskView } from "@/domain/pipelines/run-view";
import { plantedRun, plantedTask } from "@/domain/pipelines/watch/planted-run";
import { prepareStages } from "./prepare-stages";

const document: PipelineDocument = {
  pipeline_id: "p",
  name: "P",
  tasks: [
    {
      task_id: "features",
      type: "sql_execute",
      config: {
        query_ref: "analytics.queries.f",
        target_table: "analytics.derived.f",
        write_mode: "overwrite",
      },
    },
    {
      task_id: "check",
      type: "model_evaluate",
      depends_on: ["features"],
      retry_policy: { max_attempts: 3, backoff_coefficient: 2, initial_interval: "1s" },
      timeout: "5m",
      config: { validation_window: "14d", metrics: ["wape"], thresholds: {}, fail_on_threshold_breach: true },
    },
  ],
};
const now = new Date("2026-01-01T00:01:00Z");
const view = (taskId: string, over: Partial<TaskView>): TaskView =>
  plantedTask(taskId, { dependsOn: taskId === "check" ? ["features"] : [], maxAttempts: 3, ...over });
const run = (tasks: TaskView[]): RunView => plantedRun({ startedAt: now, tasks });

describe("prepareStages", () => {
  it("says before a run what each stage will do and within what limits", () => {
    const [features, check] = prepareStages(document, null, now);
    expect(features?.sentence).toBe("Runs analytics.queries.f");
    expect(features?.writes).toEqual([{ name: "analytics.derived.f", detail: "table" }]);
    expect(check?.facts).toBe("at most 5m · up to 3 attempts");
    expect(check?.state).toBeNull();
  });

  it("shows rows, time and progress of a task that ran", () => {
    const stages = prepareStages(
      document,
      run([
        view("features", {
          status: "succeeded",
          startedAt: new Date("2026-01-01T00:00:00Z"),
          endedAt: new Date("2026-01-01T00:00:12Z"),
          outputs: { tables: [{ name: "analytics.derived.f", rowCount: 7300 }] },
        }),
        view("check", {}),
      ]),
      now,
    );
    expect(stages[0]?.facts).toBe("12.0 s · 7,300 rows written");
    expect(stages[0]?.writes[0]?.detail).toBe("7,300 rows");
    expect(stages[1]?.sentence).toBe("Waits for features");
  });

  it("shows the error of the last attempt of a failed task", () => {
    const error = { code: "invalid_input", message: "No column units.", hint: null, detail: null };
    const stages = prepareStages(
      document,
      run([
        view("features", {
          status: "failed",
          startedAt: now,
          endedAt: now,
          attempts: [
            { number: 1, status: "failed", jobId: null, progress: "", error, startedAt: now, endedAt: now },
          ],
        }),
      ]),
      now,
    );
    expect(stages[0]?.sentence).toBe("No column units.");
  });
});
