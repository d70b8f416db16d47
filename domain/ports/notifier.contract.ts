import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { NotificationMessage } from "../pipelines/notify/notification-message";
import type { NotificationAddress, Notifier } from "./notifier";

/** The other side, as a test sees it. */
export type Receiver<Address extends NotificationAddress> = {
  notifier: Notifier<Address>;
  address: Address;
  /** An address at which nobody listens. */
  deadAddress: Address;
  /** Texts that no failure may hold. */
  secrets: string[];
  /** Whole messages as they arrived, decoded. */
  received: string[];
  behave(how: "takes" | "is busy" | "refuses"): void;
  close(): Promise<void>;
};

export const SAMPLE_MESSAGE: NotificationMessage = {
  event: "failure",
  title: "Daily <Demand> & Forecast failed",
  workspace: "Sample",
  pipeline: { id: "demand-forecast-daily", name: "Daily <Demand> & Forecast" },
  run: {
    id: "run-1",
    number: 12,
    status: "failed",
    trigger: "schedule",
    startedBy: "schedule",
    scheduledFor: "2026-01-02T02:00:00.000Z",
    startedAt: "2026-01-02T02:00:01.000Z",
    endedAt: "2026-01-02T02:01:05.000Z",
    durationMs: 64_000,
  },
  error: { task: "model_training", message: "ValueError: no rows for DELI", hint: "Look at the features." },
  warning: null,
  log: { task: "model_training", lines: ["INFO training", "žluť 🔑 last words"] },
  metrics: [{ task: "model_validation", name: "mape", value: 0.131245678 }],
  url: "http://127.0.0.1:3000/sample/pipelines/demand-forecast-daily/runs/run-1",
};

/** What every Notifier keeps. */
export function describeNotifierContract<Address extends NotificationAddress>(
  name: string,
  open: () => Promise<Receiver<Address>>,
): void {
  describe(`Notifier: ${name}`, () => {
    let side: Receiver<Address>;
    beforeAll(async () => {
      side = await open();
    });
    afterAll(() => side.close());
    beforeEach(() => {
      side.received.length = 0;
      side.behave("takes");
    });
    const send = (address = side.address, message = SAMPLE_MESSAGE) =>
      side.notifier.send(address, message, "key-of-the-delivery");

    it("takes all that there is to say to the other side, with its key", async () => {
      await send();
      const [text = "", ...more] = side.received;
      expect(more).toEqual([]);
      for (const part of [
        "failed",
        "ValueError: no rows for DELI",
        "Look at the features.",
        "model_training",
        "žluť 🔑 last words",
        "0.1312",
        SAMPLE_MESSAGE.url,
        "key-of-the-delivery",
      ])
        expect(text).toContain(part);
    });

    it("takes a bare message, and a huge one", async () => {
      await send(side.address, {
        ...SAMPLE_MESSAGE,
        event: "test",
        run: null,
        error: null,
        log: null,
        metrics: null,
      });
      const long = "<&`>".repeat(5_000);
      await send(side.address, {
        ...SAMPLE_MESSAGE,
        title: long,
        error: { task: "t", message: long, hint: null },
        log: { task: "t", lines: Array.from({ length: 20 }, () => long) },
        metrics: Array.from({ length: 300 }, (_, at) => ({ task: "t", name: `m${at}`, value: at / 7 })),
      });
      expect(side.received).toHaveLength(2);
    });

    it("says whether it is worth another try", async () => {
      side.behave("is busy");
      await expect(send()).rejects.toMatchObject({ code: "engine_unavailable", retryable: true });
      await expect(send(side.deadAddress)).rejects.toMatchObject({
        code: "engine_unavailable",
        retryable: true,
      });
      side.behave("refuses");
      await expect(send()).rejects.toMatchObject({ code: "invalid_input" });
    });

    it("tells the address to nobody", async () => {
      for (const how of ["is busy", "refuses"] as const) {
        side.behave(how);
        const failure = (await send().catch((error: unknown) => error)) as Error & { hint?: string };
        for (const secret of side.secrets) expect(`${failure.message} ${failure.hint}`).not.toContain(secret);
      }
    });
  });
}
