import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scratchDatabase } from "../../db/scratch-database";
import { prismaNotificationStore } from "../notifications/notification-rows";
import { onRunEnded } from "../notifications/on-run-ended";
import { makeActive } from "./make-active";
import { prismaTriggerStore } from "./trigger-rows";
import type { StoredBackfill } from "./trigger-store";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";
const at = (text: string) => new Date(`2026-${text}Z`);

describe.skipIf(serverUrl === "")("triggers and messages, on PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let scratch: Awaited<ReturnType<typeof scratchDatabase>>;
  beforeAll(async () => {
    scratch = await scratchDatabase(serverUrl);
  });
  afterAll(() => scratch.drop());

  /** A workspace with a pipeline whose active version has a schedule and rules for messages. */
  async function prepared() {
    const { db } = scratch;
    const workspace = await db.workspace.create({ data: { slug: `w-${randomUUID()}`, name: "W" } });
    const where = { workspaceId: workspace.id, pipelineId: "p" };
    const document = {
      pipeline_id: "p",
      name: "P",
      schedule: { cron: "0 2 * * *", time_zone: "Europe/Prague" },
      max_active_runs: 2,
      priority: 5,
      tasks: [{ task_id: "a", type: "sql_execute", config: {} }],
      notifications: {
        on_failure: { channel: "slack", target: "#alerts", include_logs: true },
        on_success: [{ channel: "email", target: "ann@example.org" }],
      },
    };
    await db.pipelineVersion.create({ data: { ...where, version: 1, createdBy: "Ann", document } });
    await db.pipeline.create({ data: { ...where, activeVersion: 1 } });
    let number = 0;
    const run = (more: object = {}) => {
      number += 1;
      const data = {
        id: randomUUID(),
        ...where,
        pipelineVersion: 1,
        number,
        status: "queued",
        startedBy: "Ann",
      };
      return db.run.create({ data: { ...data, createdAt: at("01-05T10:00"), ...more } });
    };
    return { db, where, run, triggers: prismaTriggerStore(db), notifications: prismaNotificationStore(db) };
  }

  it("finds active schedules that are not paused, and keeps how far they are dealt with", async () => {
    const { triggers, where, run } = await prepared();
    const own = async () =>
      (await triggers.scheduled()).filter((each) => each.workspaceId === where.workspaceId);
    expect(await own()).toEqual([
      {
        ...where,
        version: 1,
        schedule: { cron: "0 2 * * *", time_zone: "Europe/Prague" },
        maxActiveRuns: 2,
        dealtUntil: null,
      },
    ]);
    const id = [where.workspaceId, "p"] as const;
    await triggers.setDealtUntil(...id, at("01-03T00:00"));
    await triggers.setDealtUntil(...id, at("01-02T00:00"));
    expect((await own())[0]?.dealtUntil).toEqual(at("01-03T00:00"));
    await triggers.setDealtUntil(...id, at("01-02T00:00"), true);
    expect((await own())[0]?.dealtUntil).toEqual(at("01-02T00:00"));
    expect(await triggers.setPaused(...id, true, at("01-04T00:00"))).toBe(true);
    expect(await triggers.setPaused(...id, true, at("01-04T00:00"))).toBe(false);
    expect(await own()).toEqual([]);
    await triggers.setPaused(...id, false, at("01-04T00:00"));
    expect(await triggers.scheduleState(...id)).toEqual({
      isPaused: false,
      dealtUntil: at("01-04T00:00"),
      version: 1,
    });
    expect(await triggers.scheduleState(where.workspaceId, "q")).toBeNull();
    await run({ trigger: "schedule" });
    await run({ trigger: "schedule", status: "succeeded" });
    await run();
    expect(await triggers.openScheduledRuns(...id)).toBe(1);
    expect(await triggers.runnable(...id, 1)).toMatchObject({
      priority: 5,
      tasks: [{ taskId: "a", reused: null }],
    });
    expect(await triggers.runnable(...id, 2)).toBeNull();
  });

  it("counts a new schedule from its activation, and goes on counting an old one", async () => {
    const { db, triggers, where } = await prepared();
    const id = [where.workspaceId, "p"] as const;
    const make = async (version: number, schedule: string | undefined, on: string) => {
      const document = { pipeline_id: "p", name: "P", tasks: [], ...(schedule ? { schedule } : {}) };
      await db.pipelineVersion.create({ data: { ...where, version, createdBy: "Ann", document } });
      await db.$transaction((tx) => makeActive(tx, { ...where, version }, at(on)));
      return triggers.scheduleState(...id);
    };
    expect(await make(2, "0 * * * *", "01-02T00:00")).toMatchObject({
      version: 2,
      dealtUntil: at("01-02T00:00"),
    });
    expect(await make(3, "0 * * * *", "01-03T00:00")).toMatchObject({
      version: 3,
      dealtUntil: at("01-02T00:00"),
    });
    expect(await make(4, undefined, "01-04T00:00")).toMatchObject({
      version: 4,
      dealtUntil: at("01-04T00:00"),
    });
    expect(await make(5, "0 * * * *", "01-05T00:00")).toMatchObject({
      version: 5,
      dealtUntil: at("01-05T00:00"),
    });
  });

  it("keeps back-fills and counts their runs", async () => {
    const { triggers, where, run } = await prepared();
    const backfill: StoredBackfill = {
      id: randomUUID(),
      ...where,
      pipelineVersion: 1,
      from: at("01-01T00:00"),
      until: at("01-09T00:00"),
      cron: null,
      timeZone: "Europe/Prague",
      status: "running",
      parallel: 2,
      newestFirst: true,
      which: "missing",
      total: 8,
      made: 0,
      createdBy: "Ann",
      createdAt: at("01-09T00:00"),
      endedAt: null,
    };
    const { id } = backfill;
    await triggers.createBackfill(backfill);
    await triggers.createBackfill({ ...backfill, total: 99 });
    expect(await triggers.backfill(id)).toEqual(backfill);
    await triggers.setMade(id, 3);
    await triggers.setMade(id, 2);
    expect((await triggers.openBackfills()).find((each) => each.id === id)?.made).toBe(3);
    const open = await run({ backfillId: id, status: "running", scheduledFor: at("01-02T01:00") });
    await run({ backfillId: id, status: "failed", scheduledFor: at("01-02T01:00") });
    await run({ status: "succeeded", scheduledFor: at("01-01T23:30") });
    expect(await triggers.backfillRuns([id, "other"])).toEqual(
      new Map([
        [id, { running: 1, failed: 1 }],
        ["other", {}],
      ]),
    );
    expect(await triggers.openRunsOf(id)).toEqual([open.id]);
    const statuses = await triggers.fireStatuses(where.workspaceId, "p", backfill.from, backfill.until);
    expect(statuses.get(at("01-02T01:00").getTime())?.sort()).toEqual(["failed", "running"]);
    // Half past eleven at night in UTC is the next day in Prague.
    expect(
      await triggers.runDays(where.workspaceId, "p", {
        from: backfill.from,
        until: backfill.until,
        timeZone: "Europe/Prague",
      }),
    ).toEqual([{ day: "2026-01-02", succeeded: 1, failed: 1, other: 1 }]);
    expect(await triggers.moveBackfill(id, ["paused"], "running", null)).toBe(false);
    expect(await triggers.moveBackfill(id, ["running", "paused"], "cancelled", at("01-09T01:00"))).toBe(true);
    expect(await triggers.backfills(where.workspaceId, "p", 5)).toMatchObject([{ id, status: "cancelled" }]);
  });

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
