import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { memoryConnectorRunner } from "../engines/memory/connector-runner";
import { sourceWorld } from "./memory/source-world";
import { ended, flaky, numbers, ORDERS, saved, statuses, USERS } from "./memory/world-steps";
import { sweepSyncs } from "./running/sweep-syncs";
import { startSync } from "./syncs/start-sync";

describe("a sync whose worker is killed", () => {
  // biome-ignore lint/style/noProcessEnv: replays a failure
  const seed = Number(process.env.TEST_SEED ?? Date.now() % 100_000);

  it(`ends the same, with nothing lost or doubled, wherever it is killed (TEST_SEED=${seed})`, async () => {
    let random = seed;
    for (let at = 1; ; at += 1) {
      random = (random * 48_271) % 2_147_483_647;
      const world = sourceWorld(memoryConnectorRunner);
      Object.assign(world.crash, { at, before: random % 2 === 0 });
      // Gives what was told time to be written between two commits.
      world.source.beforeCommit = () => sleep(3);
      const death = world.death();
      const scope = await saved(world);
      const { id } = await startSync(scope, { name: "shop" });
      const how = await Promise.race([death, ended(world, id).then(() => "ended" as const)]);
      if (how === "died") world.launch();
      const sync = await ended(world, id);
      const where = `killed at effect ${at}, ${world.crash.before ? "before" : "after"} it`;
      expect(statuses(sync), where).toEqual({ users: "succeeded", orders: "succeeded" });
      expect(world.tables.get(USERS)?.rows, where).toEqual(numbers(25));
      expect(world.tables.get(ORDERS)?.rows, where).toEqual(numbers(40));
      expect(
        sync.streams.map((each) => [each.rowsCommitted, each.attempt]),
        where,
      ).toEqual([
        [25, 1],
        [40, 1],
      ]);
      expect(world.bugs, where).toEqual([]);
      if (how === "ended" && at > world.crash.effects) break;
      if (at > 300) throw new Error("the sync never got past its effects");
    }
  }, 120_000);

  it("is started by the sweep where its workflow was never begun, and ended where that died", async () => {
    const world = sourceWorld(memoryConnectorRunner);
    const scope = await saved(world);
    const client = world.launch();
    const away = { start: async () => Promise.reject(flaky()), cancel: client.cancel };
    const { id } = await startSync({ ...scope, workflows: away }, { name: "shop" });
    const sweep = () =>
      sweepSyncs({ sources: world.sources, syncs: world.syncs, workflows: client, clock: world.clock });
    await sweep();
    expect((await ended(world, id)).status).toBe("succeeded");

    const second = await startSync({ ...scope, workflows: away }, { name: "shop" });
    world.workflows.set(second.id, { name: "run-sync", input: {}, steps: new Map(), status: "failed" });
    await sweep();
    expect((await world.syncs.sync(second.id))?.streams[0]).toMatchObject({
      status: "failed",
      error: { code: "internal" },
    });
  });
});
