import { describe, expect, it } from "vitest";
import { memoryConnectorRunner } from "../engines/memory/connector-runner";
import { pauseConnection } from "./connections/change-connection";
import { saveConnection } from "./connections/save-connection";
import { sourceWorld } from "./memory/source-world";
import { DOCUMENT, ended, gate, saved, streamsIn, type World } from "./memory/world-steps";
import { tickSchedules } from "./running/tick-schedules";
import { startSync } from "./syncs/start-sync";

const HOUR_MS = 3_600_000;
const HOURLY = { ...DOCUMENT, schedule: { type: "cron", expression: "0 * * * *" } };

/** So many milliseconds after the next full hour. */
function goTo(world: World, hours: number, pastMs = 500): Date {
  const now = world.clock.now().getTime();
  const fire = Math.floor(now / HOUR_MS) * HOUR_MS + hours * HOUR_MS;
  world.time.offsetMs += fire + pastMs - now;
  return new Date(fire);
}

const tick = (world: World) =>
  tickSchedules({
    sources: world.sources,
    syncs: world.syncs,
    workflows: world.launch(),
    clock: world.clock,
    report: (error) => void world.bugs.push(error),
  });
const all = (world: World) => world.syncs.syncs("w", { limit: 100 });

describe("a schedule", () => {
  it("starts one sync at its fire time, however often and wherever it is looked at", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    await saved(world, HOURLY);
    await tick(world);
    expect(await all(world)).toEqual([]);
    const fire = goTo(world, 1);
    await Promise.all([tick(world), tick(world)]);
    await tick(world);
    const [sync, ...others] = await all(world);
    expect(others).toEqual([]);
    expect(sync).toMatchObject({ trigger: "schedule", startedBy: "schedule", scheduledFor: fire });
    expect((await ended(world, sync?.id ?? "")).status).toBe("succeeded");
    expect(world.bugs).toEqual([]);
  });

  it("starts none twice where a crash kept it from being written down", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    await saved(world, HOURLY);
    goTo(world, 1);
    const forgetful = { ...world.sources, setDealtUntil: async () => undefined };
    for (let turn = 0; turn < 2; turn += 1) {
      await tickSchedules({
        ...world,
        sources: forgetful,
        workflows: world.launch(),
        report: () => undefined,
      });
      const [sync] = await all(world);
      await ended(world, sync?.id ?? "");
    }
    expect(await all(world)).toHaveLength(1);
  });

  it("makes up for many missed fire times with one sync, or with none", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world, HOURLY);
    await saveConnection(scope, {
      name: "skips",
      document: { ...HOURLY, schedule: { ...HOURLY.schedule, missed: "skip" } },
    });
    const newest = goTo(world, 7, 20 * 60_000);
    await tick(world);
    await tick(world);
    expect((await all(world)).map((sync) => [sync.connection, sync.scheduledFor])).toEqual([
      ["shop", newest],
    ]);
    await ended(world, (await all(world))[0]?.id ?? "");
    goTo(world, 1);
    await tick(world);
    expect((await all(world)).map((sync) => sync.connection).sort()).toEqual(["shop", "shop", "skips"]);
  });

  it("does not overlap with a sync that goes on, and comes back to it", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const hold = gate();
    world.source.beforeCommit = async ({ stream }) => {
      if (stream.name === "users") await hold.opened;
    };
    const scope = await saved(world, HOURLY);
    const { id } = await startSync(scope, { name: "shop" });
    await streamsIn(world, id, { users: "running" });
    const fire = goTo(world, 1);
    await tick(world);
    expect(await all(world)).toHaveLength(1);
    hold.open();
    await ended(world, id);
    await tick(world);
    expect((await all(world))[0]).toMatchObject({ trigger: "schedule", scheduledFor: fire });
  });

  it("rests while it is paused, and makes up for nothing when it goes on", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world, HOURLY);
    await pauseConnection(scope, { name: "shop" }, true);
    goTo(world, 3);
    await tick(world);
    await pauseConnection(scope, { name: "shop" }, false);
    await tick(world);
    expect(await all(world)).toEqual([]);
    goTo(world, 1);
    await tick(world);
    expect(await all(world)).toHaveLength(1);
  });
});
