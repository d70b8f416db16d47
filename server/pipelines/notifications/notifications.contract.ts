import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scratchDatabase } from "../../db/scratch-database";
import { contractPipeline } from "../triggers/contract-pipeline";
import { onRunEnded } from "./on-run-ended";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";
const at = (text: string) => new Date(`2026-${text}Z`);

describe.skipIf(serverUrl === "")("messages about runs, on PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let scratch: Awaited<ReturnType<typeof scratchDatabase>>;
  beforeAll(async () => {
    scratch = await scratchDatabase(serverUrl);
  });
  afterAll(() => scratch.drop());

  const prepared = () => contractPipeline(scratch.db);

  it("owes the messages of a run from its end, once, and keeps what becomes of them", async () => {
    const { db, run, notifications, where } = await prepared();
    const { id } = await run({
      status: "failed",
      endedAt: at("01-05T11:00"),
      error: { code: "x", message: "m", hint: null, detail: null },
    });
    await db.taskRun.create({
      data: {
        runId: id,
        taskId: "a",
        type: "sql_execute",
        status: "failed",
        outputs: { metrics: { mape: 0.5 } },
      },
    });
    for (const number of [1, 2])
      await db.attempt.create({
        data: {
          runId: id,
          taskId: "a",
          number,
          status: "failed",
          error: { code: "x", message: `try ${number}`, hint: null, detail: null },
        },
      });
    await db.logLine.createMany({
      data: [1, 2].flatMap((attempt) =>
        [0, 1, 2].map((seq) => ({
          runId: id,
          taskId: "a",
          attempt,
          seq,
          level: "info",
          text: `${attempt}.${seq}`,
        })),
      ),
    });
    for (let turn = 0; turn < 2; turn += 1)
      await db.$transaction((tx) => onRunEnded(tx, id, at("01-05T11:00")));
    const [owed, ...more] = await notifications.deliveries(id);
    if (owed === undefined) throw new Error("nothing is owed");
    expect(more).toEqual([]);
    expect(owed).toMatchObject({
      event: "failure",
      channel: "slack",
      target: "#alerts",
      includeLogs: true,
      includeMetrics: false,
    });
    const due = await notifications.dueDeliveries(at("01-05T12:00"), 100);
    expect(due.map((each) => each.id)).toContain(owed.id);
    const claims = [1, 2].map(() => notifications.claimDelivery(owed, at("01-05T12:01")));
    expect((await Promise.all(claims)).sort()).toEqual([false, true]);
    expect(await notifications.runReport(id)).toMatchObject({
      pipeline: { id: "p", name: "P" },
      tasks: [{ taskId: "a", error: { message: "try 2" }, metrics: { mape: 0.5 } }],
    });
    expect(await notifications.lastLogLines(id, "a", 2)).toEqual(["2.1", "2.2"]);
    expect(await notifications.lastLogLines(id, "a", 20)).toEqual(["2.0", "2.1", "2.2"]);
    await notifications.wakeDeliveries(where.workspaceId, "slack", "#alerts", at("01-05T12:00"));
    expect((await notifications.delivery(owed.id))?.dueAt).toEqual(at("01-05T12:00"));
    const end = { status: "given_up", lastError: "no", dueAt: at("01-05T12:02"), sentAt: null } as const;
    await notifications.endDelivery(owed.id, end);
    await notifications.restartDelivery(owed.id, at("01-06T00:00"));
    expect(await notifications.delivery(owed.id)).toMatchObject({
      status: "waiting",
      attempts: 0,
      lastError: null,
    });
  });

  it("keeps targets by channel and name", async () => {
    const { notifications, where } = await prepared();
    const target = {
      workspaceId: where.workspaceId,
      channel: "slack",
      name: "#a",
      sealed: "s",
      createdBy: "Ann",
      createdAt: at("01-01T00:00"),
    } as const;
    await notifications.putTarget(target);
    await notifications.putTarget({ ...target, sealed: "t" });
    expect(await notifications.targets(where.workspaceId)).toEqual([{ ...target, sealed: "t" }]);
    expect(await notifications.target(where.workspaceId, "webhook", "#a")).toBeNull();
    expect(await notifications.removeTarget(where.workspaceId, "slack", "#a")).toBe(true);
    expect(await notifications.removeTarget(where.workspaceId, "slack", "#a")).toBe(false);
  });
});
