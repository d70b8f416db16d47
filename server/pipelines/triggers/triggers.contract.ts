import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scratchDatabase } from "../../db/scratch-database";
import { prismaDraftStore } from "../drafts/draft-rows";
import { prismaPipelineStore } from "../store";
import { contractPipeline } from "./contract-pipeline";
import { makeActive } from "./make-active";
import { backfillTick } from "./tick-backfills";
import { scheduleTick } from "./tick-schedules";
import type { StoredBackfill } from "./trigger-store";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";
const at = (text: string) => new Date(`2026-${text}Z`);

describe.skipIf(serverUrl === "")("schedules and back-fills, on PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  let scratch: Awaited<ReturnType<typeof scratchDatabase>>;
  beforeAll(async () => {
    scratch = await scratchDatabase(serverUrl);
  });
  afterAll(() => scratch.drop());

  const prepared = () => contractPipeline(scratch.db);

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
      isArchived: false,
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

  it("leaves an archived pipeline out, and counts from the moment in which it comes back", async () => {
    const { db, triggers, where } = await prepared();
    const id = [where.workspaceId, "p"] as const;
    const store = prismaPipelineStore(db);
    const found = async () =>
      (await triggers.scheduled()).filter((each) => each.workspaceId === where.workspaceId).length;
    await db.pipeline.update({
      where: { workspaceId_pipelineId: where },
      data: { draft: "{}", draftBy: "Ann", draftAt: at("01-01T00:00") },
    });
    const drafts = prismaDraftStore(db);
    expect([await found(), (await drafts.drafts(where.workspaceId)).length]).toEqual([1, 1]);
    const mark = { by: "Ann", at: at("01-05T00:00") };
    expect(await store.setArchived(...id, mark)).toBe(true);
    expect(await store.setArchived(...id, { by: "Bob", at: at("01-06T00:00") })).toBe(false);
    expect(await store.archived(where.workspaceId)).toEqual([{ pipelineId: "p", ...mark }]);
    expect(await store.archiveMark(...id)).toEqual(mark);
    expect((await drafts.head(...id))?.archived).toEqual(mark);
    expect([await found(), (await drafts.drafts(where.workspaceId)).length]).toEqual([0, 0]);
    expect(await triggers.scheduleState(...id)).toMatchObject({ isArchived: true });
    expect(await store.setArchived(...id, { by: null, at: at("01-07T00:00") })).toBe(true);
    expect(await store.setArchived(...id, { by: null, at: at("01-08T00:00") })).toBe(false);
    expect(await store.archiveMark(...id)).toBeNull();
    expect(await triggers.scheduleState(...id)).toMatchObject({
      isArchived: false,
      dealtUntil: at("01-07T00:00"),
    });
    // One with versions alone is one too.
    await db.pipelineVersion.create({
      data: { ...where, pipelineId: "q", version: 1, createdBy: "Ann", document: {} },
    });
    expect(await store.setArchived(where.workspaceId, "q", mark)).toBe(true);
    expect(await store.archiveMark(where.workspaceId, "q")).toEqual(mark);
  });

  it("makes each run once where three workers tick at the same time", async () => {
    const { db, where, triggers } = await prepared();
    const time = { now: at("01-01T00:00") };
    const bugs: unknown[] = [];
    const worker = () => {
      const { createRun } = prismaPipelineStore(db);
      const only = <T extends { workspaceId: string }>(found: T[]) =>
        found.filter((each) => each.workspaceId === where.workspaceId);
      const own = {
        ...triggers,
        scheduled: async () => only(await triggers.scheduled()),
        openBackfills: async () => only(await triggers.openBackfills()),
      };
      const report = (bug: unknown) => void bugs.push(bug);
      const sockets = { triggers: own, createRun, clock: { now: () => time.now }, report };
      return { schedules: scheduleTick(sockets), backfills: backfillTick(sockets) };
    };
    const workers = [worker(), worker(), worker()];
    await Promise.all(workers.map((each) => each.schedules()));
    time.now = at("01-02T01:00");
    await Promise.all(workers.map((each) => each.schedules()));
    await Promise.all(workers.map((each) => each.schedules()));
    const runsOf = (trigger: string) =>
      db.run.findMany({ where: { ...where, trigger }, orderBy: { number: "asc" }, include: { tasks: true } });
    expect(await runsOf("schedule")).toMatchObject([
      { scheduledFor: at("01-02T01:00"), priority: 5, number: 1, status: "queued", tasks: [{ taskId: "a" }] },
    ]);
    await triggers.createBackfill({
      ...{ id: randomUUID(), ...where, pipelineVersion: 1, cron: "*/10 * * * *", timeZone: "UTC", made: 0 },
      ...{ from: at("01-01T00:00"), until: at("01-01T02:00"), status: "running", parallel: 5, total: 12 },
      ...{ newestFirst: false, which: "all", createdBy: "Ann", createdAt: time.now, endedAt: null },
    });
    for (let turn = 0; turn < 4; turn += 1) {
      await Promise.all(workers.map((each) => each.backfills()));
      const open = await db.run.count({ where: { ...where, trigger: "backfill", status: "queued" } });
      expect(open).toBeLessThanOrEqual(5);
      await db.run.updateMany({ where: { ...where, trigger: "backfill" }, data: { status: "succeeded" } });
    }
    const made = await runsOf("backfill");
    expect(made.map((run) => run.scheduledFor?.getTime())).toEqual(
      Array.from({ length: 12 }, (_fire, index) => at("01-01T00:00").getTime() + index * 600_000),
    );
    expect(await triggers.backfills(where.workspaceId, "p", 1)).toMatchObject([
      { status: "ended", made: 12 },
    ]);
    expect(bugs).toEqual([]);
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
});
