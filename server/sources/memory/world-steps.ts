import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../../../domain/shared/failure";
import { isFinal } from "../../../domain/shared/is-final";
import { saveConnection } from "../connections/save-connection";
import type { sourceWorld } from "./source-world";

export type World = ReturnType<typeof sourceWorld>;

export const DOCUMENT = {
  connector: "source-faker",
  version: "7.2.1",
  config: { token: `Bearer \${WORD}` },
  streams: [
    { name: "users", sync_mode: "full_refresh" },
    { name: "orders", sync_mode: "incremental", cursor_field: "id" },
  ],
  retries: { max_attempts: 3, initial_interval: "1ms" },
};

export const USERS = "w lake.shop.users";
export const ORDERS = "w lake.shop.orders";
export const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
export const flaky = () =>
  new Failure("engine_unavailable", "The source does not answer.", { retryable: true });

/** A worker, and the connection `shop`, with the scope of its author. */
export async function saved(world: World, document: Record<string, unknown> = DOCUMENT) {
  const scope = world.scope(world.launch());
  await saveConnection(scope, { name: "shop", document });
  return scope;
}

/** What `look` finds, once it finds something. */
export async function until<T>(look: () => Promise<T | null>, what: string): Promise<T> {
  const giveUpAt = Date.now() + 8_000;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > giveUpAt) throw new Error(`not ${what}`);
    await sleep(2);
  }
}

export const ended = (world: World, id: string) =>
  until(
    async () => {
      const sync = await world.syncs.sync(id);
      return sync !== null && isFinal(sync.status) ? sync : null;
    },
    `ended: ${world.bugs.map(String).join()}`,
  );

export const streamsIn = (world: World, id: string, wanted: Record<string, string>) =>
  until(async () => {
    const sync = await world.syncs.sync(id);
    const all = Object.entries(wanted).every(
      ([name, status]) => sync?.streams.find((each) => each.name === name)?.status === status,
    );
    return all ? sync : null;
  }, JSON.stringify(wanted));

export const statuses = (sync: { streams: { name: string; status: string }[] }) =>
  Object.fromEntries(sync.streams.map((each) => [each.name, each.status]));

/** Something that is waited for until it is opened. */
export function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
