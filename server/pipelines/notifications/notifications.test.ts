import { describe, expect, it } from "vitest";
import type { RunReport } from "../../../domain/pipelines/notify/compose-message";
import type { NotificationMessage } from "../../../domain/pipelines/notify/notification-message";
import type { NotificationAddress } from "../../../domain/ports/notifier";
import { Failure } from "../../../domain/shared/failure";
import type { Role } from "../../../domain/workspaces/role";
import { memoryNotifications } from "./memory-notifications";
import type { StoredDelivery } from "./notification-store";
import { runNotifications, sendAgain } from "./run-notifications";
import { type DeliverySockets, sendDeliveries } from "./send-deliveries";
import { listTargets, removeTarget, setTarget, testTarget } from "./targets";

const CANARY = "canary-p4ssw0rd";
const HOOK = "https://hooks.example.org/services/T0/B0/h00k";
const error = (message: string) => ({ code: "engine_failed", message, hint: `Not ${CANARY}.`, detail: null });

const REPORT: RunReport = {
  run: {
    id: "r1",
    number: 7,
    status: "failed",
    trigger: "schedule",
    startedBy: "schedule",
    scheduledFor: new Date("2026-01-02T02:00Z"),
    startedAt: new Date("2026-01-02T02:00:01Z"),
    endedAt: new Date("2026-01-02T02:01:01Z"),
    error: error("a task failed"),
    warning: null,
  },
  workspace: { slug: "sample", name: "Sample" },
  pipeline: { id: "daily", name: "Daily" },
  tasks: [
    {
      taskId: "later",
      status: "failed",
      endedAt: new Date("2026-01-02T02:01Z"),
      error: error("in its wake"),
      metrics: {},
    },
    {
      taskId: "first",
      status: "failed",
      endedAt: new Date("2026-01-02T02:00:30Z"),
      error: error(`ValueError: sign-in with ${CANARY} at ${HOOK}`),
      metrics: { mape: 0.25 },
    },
  ],
};

/** A day of an outbox, whose clock and other sides the test moves. */
function world() {
  const time = { now: new Date("2026-01-02T03:00Z") };
  const sent: { message: NotificationMessage; key: string; address: NotificationAddress }[] = [];
  const bugs: unknown[] = [];
  const side = { fails: null as unknown };
  const memory = memoryNotifications(REPORT, ["INFO begin", `ERROR ${CANARY}`, `POST ${HOOK}`]);
  const send = async (address: NotificationAddress, message: NotificationMessage, key: string) => {
    if (side.fails !== null) throw side.fails;
    sent.push({ message, key, address });
  };
  const secretBox = {
    seal: (plain: string, context: string) => `sealed ${context} ${Buffer.from(plain).toString("base64")}`,
    open: (sealed: string, context: string) => {
      if (!sealed.startsWith(`sealed ${context} `)) throw new Failure("invalid_input", "not sealed here");
      return Buffer.from(sealed.slice(8 + context.length), "base64").toString();
    },
  };
  const sockets: DeliverySockets = {
    store: memory.store,
    notifiers: { slack: { send }, webhook: { send }, email: { send } },
    secretBox,
    secretValues: async () => [CANARY],
    clock: { now: () => time.now },
    publicUrl: "http://127.0.0.1:3000",
    report: (bug) => void bugs.push(bug),
  };
  const scope = (role: Role = "admin", id = "w") => ({
    workspace: { id, slug: id, name: id },
    role,
    actor: { id: "u", name: "Ann" },
    clock: sockets.clock,
    notifications: memory.store,
    notifiers: sockets.notifiers,
    secretBox,
    publicUrl: sockets.publicUrl,
    db: { auditEntry: { create: async () => undefined } } as never,
  });
  const owe = (more: Partial<StoredDelivery> = {}) => {
    const delivery: StoredDelivery = {
      id: "d1",
      workspaceId: "w",
      runId: "r1",
      event: "failure",
      channel: "slack",
      target: "#ml-ops-alerts",
      includeLogs: true,
      includeMetrics: true,
      status: "waiting",
      attempts: 0,
      lastError: null,
      dueAt: time.now,
      sentAt: null,
      ...more,
    };
    memory.deliveries.set(delivery.id, delivery);
  };
  const setHook = () => setTarget(scope(), { channel: "slack", name: "#ml-ops-alerts", url: HOOK });
  const delivery = (id = "d1") => memory.deliveries.get(id);
  const pass = (ms: number) => {
    time.now = new Date(time.now.getTime() + ms);
  };
  return { ...memory, time, sent, bugs, side, sockets, scope, owe, setHook, delivery, pass };
}

describe("messages about runs", () => {
  it("have the first real error on top, the log, the metrics and the link, and no secret anywhere", async () => {
    const place = world();
    await place.setHook();
    place.owe();
    await sendDeliveries(place.sockets);
    expect(place.delivery()).toMatchObject({ status: "sent", attempts: 1, lastError: null });
    const [{ message, key, address } = { message: null, key: "", address: null }] = place.sent;
    expect(key).toBe("d1");
    expect(address).toEqual({ channel: "slack", url: HOOK });
    expect(message).toMatchObject({
      title: "Daily failed",
      error: { task: "first", message: "ValueError: sign-in with ****** at ******" },
      log: { task: "first", lines: ["INFO begin", "ERROR ******", "POST ******"] },
      metrics: [{ task: "first", name: "mape", value: 0.25 }],
      run: { number: 7, durationMs: 60_000 },
      url: "http://127.0.0.1:3000/sample/pipelines/daily/runs/r1",
    });
    expect(JSON.stringify(message)).not.toMatch(new RegExp(`${CANARY}|h00k`));
  });

  it("hold log and metrics only where they were asked for", async () => {
    const place = world();
    await place.setHook();
    place.owe({ includeLogs: false, includeMetrics: false });
    await sendDeliveries(place.sockets);
    expect(place.sent[0]?.message).toMatchObject({ log: null, metrics: null });
  });

  it("are sent once by two workers, and once more with the same key where one dies before it marks them", async () => {
    const place = world();
    await place.setHook();
    place.owe();
    await new Promise<void>((killed) => {
      const endDelivery = () => {
        killed();
        return new Promise<void>(() => {});
      };
      void sendDeliveries({ ...place.sockets, store: { ...place.store, endDelivery } });
    });
    await Promise.all([sendDeliveries(place.sockets), sendDeliveries(place.sockets)]);
    expect(place.sent).toHaveLength(1);
    place.pass(61_000);
    await Promise.all([sendDeliveries(place.sockets), sendDeliveries(place.sockets)]);
    await sendDeliveries(place.sockets);
    expect(place.sent.map(({ key }) => key)).toEqual(["d1", "d1"]);
    expect(place.delivery()).toMatchObject({ status: "sent" });
  });

  it("are tried again at growing intervals for a day, and then given up with the reason", async () => {
    const place = world();
    await place.setHook();
    place.owe();
    place.side.fails = new Failure("engine_unavailable", `Slack, ${CANARY}, does not answer.`, {
      retryable: true,
    });
    const began = place.time.now.getTime();
    let tries = 0;
    while (place.delivery()?.status === "waiting" && tries < 100) {
      place.time.now = place.delivery()?.dueAt ?? place.time.now;
      await sendDeliveries(place.sockets);
      tries += 1;
    }
    expect(place.delivery()).toMatchObject({
      status: "given_up",
      lastError: "Slack, ******, does not answer.",
    });
    const hours = (place.time.now.getTime() - began) / 3_600_000;
    expect(hours).toBeGreaterThanOrEqual(24);
    expect(hours).toBeLessThan(26);
    expect(tries).toBeLessThan(40);
    place.side.fails = null;
    await sendAgain(place.scope("analyst"), { deliveryId: "d1" });
    await sendDeliveries(place.sockets);
    expect(place.delivery()).toMatchObject({ status: "sent" });
    expect(place.bugs).toEqual([]);
  });

  it("are given up at once where the other side refuses them, and a fault of ours says no more than that", async () => {
    const place = world();
    await place.setHook();
    place.owe();
    place.side.fails = new Failure("invalid_input", "Slack refuses the message: 404 no_service.");
    await sendDeliveries(place.sockets);
    expect(place.delivery()).toMatchObject({ status: "given_up", attempts: 1 });
    place.owe({ id: "d2" });
    place.side.fails = new TypeError(`x is undefined at ${CANARY}`);
    await sendDeliveries(place.sockets);
    expect(place.delivery("d2")?.lastError).toBe("A fault inside Benchwright; the worker's log says more.");
    expect(place.bugs).toHaveLength(1);
  });

  it("wait for a target that nobody set, and go as soon as somebody does", async () => {
    const place = world();
    place.owe();
    place.owe({ id: "d2", channel: "email", target: "ann@example.org" });
    await sendDeliveries(place.sockets);
    expect(place.delivery()).toMatchObject({
      status: "waiting",
      lastError: expect.stringContaining("No Slack webhook is set for #ml-ops-alerts"),
    });
    // An address of mail needs no target.
    expect(place.sent.map(({ address }) => address)).toEqual([
      { channel: "email", addresses: ["ann@example.org"] },
    ]);
    await place.setHook();
    await sendDeliveries(place.sockets);
    expect(place.delivery()).toMatchObject({ status: "sent" });
  });
});

describe("the targets of a workspace", () => {
  it("are set by admins, shown masked, tried and removed", async () => {
    const place = world();
    await place.setHook();
    const { madeSecret } = await setTarget(place.scope(), { channel: "webhook", name: "on-call", url: HOOK });
    expect(madeSecret).toMatch(/^[\w-]{32}$/);
    await setTarget(place.scope(), { channel: "email", name: "team", addresses: ["ann@example.org"] });
    const shown = await listTargets(place.scope("engineer"));
    expect(shown.map(({ name, masked }) => [name, masked])).toEqual([
      ["#ml-ops-alerts", "https://hooks.example.org/…"],
      ["on-call", "https://hooks.example.org/…"],
      ["team", "a…@example.org"],
    ]);
    await testTarget(place.scope(), { channel: "webhook", name: "on-call" });
    expect(place.sent[0]).toMatchObject({ address: { secret: madeSecret }, message: { event: "test" } });
    await removeTarget(place.scope(), { channel: "slack", name: "#ml-ops-alerts" });
    expect(await listTargets(place.scope())).toHaveLength(2);
    expect(await listTargets(place.scope("admin", "other"))).toEqual([]);
  });

  it("refuse a wrong address by its field, strangers and lower roles", async () => {
    const place = world();
    const wrong = setTarget(place.scope(), { channel: "slack", name: "#a", url: "ftp://example.org" });
    await expect(wrong).rejects.toMatchObject({ code: "invalid_input", errors: [{ pointer: "/url" }] });
    for (const act of [
      setTarget(place.scope("engineer"), { channel: "slack", name: "#a", url: HOOK }),
      testTarget(place.scope("engineer"), { channel: "slack", name: "#a" }),
      removeTarget(place.scope("engineer"), { channel: "slack", name: "#a" }),
      listTargets(place.scope("analyst")),
    ])
      await expect(act).rejects.toMatchObject({ code: "forbidden" });
    await expect(testTarget(place.scope(), { channel: "slack", name: "#a" })).rejects.toMatchObject({
      code: "not_found",
    });
    place.owe();
    expect(await runNotifications(place.scope("viewer", "other"), { runId: "r1" })).toEqual([]);
    await expect(sendAgain(place.scope("admin", "other"), { deliveryId: "d1" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
