import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluateForecasts } from "../../domain/experiments/evaluate-forecasts";
import { systemClock } from "../../domain/shared/clock";
import type { Role } from "../../domain/workspaces/role";
import type { Prisma } from "../db/client";
import { scratchDatabase } from "../db/scratch-database";
import { listExperiments } from "./list-experiments";
import type { Db } from "./store";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";

const report = (predicted: number) =>
  evaluateForecasts(
    [
      {
        origin: "2017-10-02",
        date: "2017-10-02",
        category: "BEEF",
        model: "lightgbm",
        predicted,
        actual: 10,
        chosen: true,
        registeredModel: null,
        isHoldout: false,
        isRolling: true,
      },
    ],
    {
      thresholds: { wape_max: 0.2 },
      holdoutLabel: null,
      backtestTable: null,
      mlflowRunId: null,
      mlflowUrl: null,
    },
  );

const documentOf = (pipelineId: string, experiment: string) => ({
  pipeline_id: pipelineId,
  name: pipelineId,
  tasks: [
    {
      task_id: "train",
      type: "ray_train",
      config: {
        training_script: "code/train.py",
        dataset: "a.b.c",
        ray_config: { num_workers: 1, resources_per_worker: {} },
        hyperparameters: {},
        mlflow_experiment: experiment,
      },
    },
  ],
});

describe.skipIf(serverUrl === "")("experiments, on PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let db: Db;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ db, drop } = await scratchDatabase(serverUrl));
  });
  afterAll(() => drop?.());

  const scopeOf = (workspaceId: string, role: Role = "viewer") => ({
    db,
    role,
    clock: systemClock,
    workspace: { id: workspaceId, slug: workspaceId, name: workspaceId },
    actor: { id: "u", name: "Ann" },
  });

  async function save(workspaceId: string, pipelineId: string, version: number, experiment: string) {
    const document = documentOf(pipelineId, experiment);
    await db.pipelineVersion.create({ data: { workspaceId, pipelineId, version, document, createdBy: "u" } });
  }

  async function evaluated(
    workspaceId: string,
    id: string,
    { pipelineId = "p", version = 1, number = 1, minute = 0, predicted = 10 } = {},
  ) {
    const run = { id, workspaceId, pipelineId, pipelineVersion: version, number };
    await db.run.create({ data: { ...run, status: "succeeded", startedBy: "Ann" } });
    const createdAt = new Date(Date.UTC(2026, 0, 1, 0, minute));
    const verdict = report(predicted) as unknown as Prisma.InputJsonValue;
    await db.evaluation.create({
      data: { runId: id, taskId: "judge", workspaceId, report: verdict, createdAt },
    });
  }

  it("puts runs of every version under the name that their own version trained for, newest first", async () => {
    await save("w", "p", 1, "units");
    await save("w", "p", 2, "prices");
    await save("w", "q", 1, "units");
    await evaluated("w", "r1", { minute: 1 });
    await evaluated("w", "r2", { version: 2, number: 2, minute: 2 });
    await evaluated("w", "r3", { pipelineId: "q", minute: 3, predicted: 15 });
    const experiments = await listExperiments(scopeOf("w"));
    expect(experiments.map(({ name, runs }) => [name, runs.map(({ id }) => id)])).toEqual([
      ["units", ["r3", "r1"]],
      ["prices", ["r2"]],
    ]);
    expect(experiments[0]?.lastRun).toMatchObject({
      id: "r3",
      pipelineId: "q",
      verdict: { status: "FAIL", wape: 0.5 },
    });
    expect(experiments[0]?.runs[1]?.verdict).toMatchObject({ status: "PASS", wape: 0 });
  });

  it("shows nothing of another workspace", async () => {
    await save("x", "p", 1, "secret");
    await evaluated("x", "x1");
    expect((await listExperiments(scopeOf("x"))).map(({ name }) => name)).toEqual(["secret"]);
    expect((await listExperiments(scopeOf("w"))).map(({ name }) => name)).not.toContain("secret");
    expect(await listExperiments(scopeOf("nobody"))).toEqual([]);
  });
});
