import { describe, expect, it } from "vitest";
import type { WrittenSchedule } from "../../../domain/pipelines/schedule/read-schedule";
import type { Role } from "../../../domain/workspaces/role";
import { cancelBackfill, changeBackfill } from "./change-backfill";
import { explainCron, getSchedule } from "./get-schedule";
import { listBackfills } from "./list-backfills";
import { memoryTriggers } from "./memory-triggers";
import { pauseSchedule } from "./pause-schedule";
import { previewBackfill, StartBackfillInput, startBackfill } from "./start-backfill";
import { backfillTick } from "./tick-backfills";
import { scheduleTick } from "./tick-schedules";

const at = (text: string) => new Date(`2026-${text}Z`);
const CRASH = new Error("killed");

/** One workspace with one pipeline, whose clock stands where the test puts it, and workers that die on demand. */
function world(schedule: WrittenSchedule | null, more: { maxActiveRuns?: number } = {}) {
  const memory = memoryTriggers();
  const time = { now: at("01-01T00:00") };
  const bugs: unknown[] = [];
  const audited: string[] = [];
  const tasks = [{ taskId: "a", type: "sql_execute", reused: null }];
  memory.activate("w", "p", { version: 1, schedule, priority: 3, maxActiveRuns: 1, tasks, ...more });
  /** A worker that is killed right before its `dies`-th write. */
  const worker = (dies = Number.POSITIVE_INFINITY) => {
    let writes = 0;
    const mortal =
      <Input extends unknown[]>(act: (...input: Input) => Promise<void>) =>
      async (...input: Input) => {
        writes += 1;
        if (writes >= dies) throw CRASH;
        await act(...input);
      };
    const { triggers } = memory;
    const sockets = {
      triggers: {
        ...triggers,
        setDealtUntil: mortal(triggers.setDealtUntil),
        setMade: mortal(triggers.setMade),
      },
      createRun: mortal(memory.createRun),
      clock: { now: () => time.now },
      report: (error: unknown) => void (error === CRASH || bugs.push(error)),
    };
    return { schedules: scheduleTick(sockets), backfills: backfillTick(sockets) };
  };
  const scope = (role: Role = "engineer", workspaceId = "w") => ({
    workspace: { id: workspaceId, slug: workspaceId, name: workspaceId },
    role,
    actor: { id: "u", name: "Ann" },
    clock: { now: () => time.now },
    triggers: memory.triggers,
    db: {
      auditEntry: {
        create: async ({ data }: { data: { action: string } }) => void audited.push(data.action),
      },
    } as never,
    cancelRun: async (id: string) => end(id, "cancelled"),
  });
  const made = () => [...memory.runs.values()].map((run) => run.scheduledFor?.toISOString().slice(5, 16));
  const end = (id: string, status: "succeeded" | "failed" | "cancelled" = "succeeded") => {
    const run = memory.runs.get(id);
    if (run !== undefined) run.status = status;
  };
  const endAll = () => {
    for (const id of memory.runs.keys()) end(id);
  };
  return { ...memory, time, bugs, audited, worker, scope, made, end, endAll };
}

const HOURLY = "0 * * * *";

describe("the tick of schedules", () => {
  it("begins to count with its first look, and makes one run a fire time, whoever looks", async () => {
    const place = world(HOURLY, { maxActiveRuns: 9 });
    const [one, other] = [place.worker(), place.worker()];
    await one.schedules();
    for (const now of ["01-01T00:59:59", "01-01T01:00", "01-01T01:00:01", "01-01T02:00"]) {
      place.time.now = at(now);
      await Promise.all([one.schedules(), other.schedules()]);
      await one.schedules();
    }
    expect(place.made()).toEqual(["01-01T01:00", "01-01T02:00"]);
    expect([...place.runs.values()][0]).toMatchObject({
      trigger: "schedule",
      priority: 3,
      pipelineVersion: 1,
    });
    expect(place.bugs).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5])("neither doubles nor loses one where it dies at its write %i", async (dies) => {
    const place = world({ cron: HOURLY, catch_up: "all" });
    await place.worker().schedules();
    place.time.now = at("01-01T03:10");
    await place.worker(dies).schedules();
    await place.worker().schedules();
    expect(place.made()).toEqual(["01-01T01:00", "01-01T02:00", "01-01T03:00"]);
    expect(place.bugs).toEqual([]);
  });

  it("comes back to the newest missed time once its run has ended", async () => {
    const place = world(HOURLY);
    const { schedules } = place.worker();
    await schedules();
    for (const now of ["01-01T01:00", "01-01T02:00", "01-01T03:00"]) {
      place.time.now = at(now);
      await schedules();
    }
    expect(place.made()).toEqual(["01-01T01:00"]);
    place.endAll();
    await schedules();
    expect(place.made()).toEqual(["01-01T01:00", "01-01T03:00"]);
  });

  it("rests while it is paused, and makes up for nothing afterwards", async () => {
    const place = world({ cron: HOURLY, catch_up: "all" });
    const { schedules } = place.worker();
    await schedules();
    expect((await pauseSchedule(place.scope(), { pipelineId: "p" }, true)).nextFires).toEqual([]);
    place.time.now = at("01-01T05:30");
    await schedules();
    await pauseSchedule(place.scope(), { pipelineId: "p" }, false);
    await pauseSchedule(place.scope(), { pipelineId: "p" }, false);
    await schedules();
    expect(place.made()).toEqual([]);
    place.time.now = at("01-01T06:00");
    await schedules();
    expect(place.made()).toEqual(["01-01T06:00"]);
    expect(place.audited).toEqual(["schedule.paused", "schedule.resumed"]);
  });
});

describe("the schedule of a pipeline", () => {
  it("does nothing for an archived pipeline, nor does a back-fill of it", async () => {
    const place = world(HOURLY);
    const worker = place.worker();
    await worker.schedules();
    const range = { pipelineId: "p", from: at("01-01T00:00"), until: at("01-01T06:00") };
    const { id } = await startBackfill(place.scope(), StartBackfillInput.parse(range));
    await changeBackfill(place.scope(), { backfillId: id }, "paused");
    place.setArchived("w", "p", true);
    place.time.now = at("01-01T03:00");
    await worker.schedules();
    expect(place.made()).toEqual([]);
    expect((await getSchedule(place.scope(), { pipelineId: "p" })).nextFires).toEqual([]);
    const refused = { code: "conflict", message: "p is archived: nothing starts it." };
    await expect(startBackfill(place.scope(), StartBackfillInput.parse(range))).rejects.toMatchObject(
      refused,
    );
    await expect(changeBackfill(place.scope(), { backfillId: id }, "running")).rejects.toMatchObject(refused);
    expect((await changeBackfill(place.scope(), { backfillId: id }, "cancelled")).status).toBe("cancelled");
    place.setArchived("w", "p", false);
    await worker.schedules();
    expect(place.made()).toEqual(["01-01T03:00"]);
  });

  it("is told in words with its next times; a wrong cron is explained", async () => {
    const place = world({ cron: "0 2 * * *", time_zone: "Europe/Prague", catch_up: "none" });
    expect(await getSchedule(place.scope("viewer"), { pipelineId: "p" })).toMatchObject({
      words: "At 02:00, every day (Europe/Prague)",
      catchUp: "none",
      nextFires: expect.arrayContaining([at("01-01T01:00")]),
    });
    expect(() => explainCron(place.scope("viewer"), { cron: "0 25 * * *", timeZone: "UTC" })).toThrow(
      expect.objectContaining({ code: "invalid_input", hint: expect.stringContaining("five fields") }),
    );
    await expect(getSchedule(place.scope("viewer", "other"), { pipelineId: "p" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(pauseSchedule(place.scope("analyst"), { pipelineId: "p" }, true)).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

const range = (more: object = {}) =>
  StartBackfillInput.parse({ pipelineId: "p", from: at("01-01T00:00"), until: at("01-07T00:00"), ...more });

describe("a back-fill", () => {
  it("makes at most so many runs at a time, in its order, and ends with the last", async () => {
    const place = world("30 2 * * *");
    const { id } = await startBackfill(place.scope(), range({ parallel: 2, newestFirst: true }));
    const { backfills } = place.worker();
    await backfills();
    await backfills();
    expect(place.made()).toEqual(["01-06T02:30", "01-05T02:30"]);
    expect([...place.runs.values()][0]).toMatchObject({ trigger: "backfill", backfillId: id, priority: 2 });
    for (let turn = 0; turn < 4; turn += 1) {
      place.endAll();
      await backfills();
    }
    expect(place.made()).toHaveLength(6);
    expect(await listBackfills(place.scope("viewer"), { pipelineId: "p" })).toMatchObject([
      { id, status: "ended", total: 6, made: 6, runs: { succeeded: 6 } },
    ]);
    expect(place.bugs).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    "neither doubles nor loses one where its worker dies at write %i",
    async (dies) => {
      const place = world("30 2 * * *");
      await startBackfill(place.scope(), range({ parallel: 3 }));
      await place.worker(dies).backfills();
      for (let turn = 0; turn < 5; turn += 1) {
        expect([...place.runs.values()].filter((run) => run.status === "queued").length).toBeLessThanOrEqual(
          3,
        );
        place.endAll();
        await place.worker(dies === 1 ? undefined : dies + turn).backfills();
      }
      place.endAll();
      await place.worker().backfills();
      await place.worker().backfills();
      const days = [1, 2, 3, 4, 5, 6].map((day) => `01-0${day}T02:30`);
      expect(place.made()).toEqual(days);
      expect(place.bugs).toEqual([]);
    },
  );

  it("previews exactly what it makes: all, what is missing, or what failed", async () => {
    const place = world("30 2 * * *");
    await startBackfill(place.scope(), range({ until: at("01-04T00:00"), parallel: 9 }));
    await place.worker().backfills();
    const [first = "", second = ""] = [...place.runs.keys()];
    place.end(first);
    place.end(second, "failed");
    const expected = {
      all: ["01", "02", "03", "04", "05", "06"],
      missing: ["02", "04", "05", "06"],
      failed: ["02"],
    };
    for (const which of ["all", "missing", "failed"] as const) {
      const preview = await previewBackfill(place.scope("viewer"), range({ which }));
      expect(preview).toMatchObject({
        total: 6,
        succeeded: 1,
        failed: 1,
        underWay: 1,
        toMake: expected[which].length,
      });
      expect(preview.fires.map((fire) => fire.toISOString().slice(8, 10))).toEqual(expected[which]);
    }
    const before = place.runs.size;
    await startBackfill(place.scope(), range({ which: "missing", parallel: 9 }));
    await place.worker().backfills();
    expect(place.made().slice(before)).toEqual(["01-02T02:30", "01-04T02:30", "01-05T02:30", "01-06T02:30"]);
  });

  it("pauses, goes on and is cancelled with its runs; what has ended stays so", async () => {
    const place = world("30 2 * * *");
    const { id: backfillId } = await startBackfill(place.scope(), range({ idempotencyKey: "k" }));
    expect((await startBackfill(place.scope(), range({ idempotencyKey: "k" }))).id).toBe(backfillId);
    const { backfills } = place.worker();
    await backfills();
    await changeBackfill(place.scope(), { backfillId }, "paused");
    place.endAll();
    await backfills();
    expect(place.made()).toHaveLength(1);
    await changeBackfill(place.scope(), { backfillId }, "running");
    await backfills();
    expect(place.made()).toHaveLength(2);
    expect(await cancelBackfill(place.scope(), { backfillId })).toMatchObject({
      status: "cancelled",
      runs: { succeeded: 1, cancelled: 1 },
    });
    await backfills();
    expect(place.made()).toHaveLength(2);
    await expect(changeBackfill(place.scope(), { backfillId }, "running")).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(
      changeBackfill(place.scope("admin", "other"), { backfillId }, "paused"),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("is refused without a schedule, without a fire time, and to an analyst", async () => {
    await expect(startBackfill(world(null).scope(), range())).rejects.toMatchObject({
      code: "invalid_input",
    });
    const yearly = world("0 0 1 7 *");
    await expect(startBackfill(yearly.scope(), range())).rejects.toThrow("No fire time");
    await expect(startBackfill(yearly.scope("analyst"), range())).rejects.toMatchObject({
      code: "forbidden",
    });
    const own = await startBackfill(
      world(null).scope(),
      range({ cron: "0 12 * * *", timeZone: "Asia/Tokyo" }),
    );
    expect(own).toMatchObject({ total: 6, timeZone: "Asia/Tokyo" });
  });
});
