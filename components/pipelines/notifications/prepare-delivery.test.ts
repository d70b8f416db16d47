import { expect, it } from "vitest";
import type { DeliveryView } from "@/domain/pipelines/notify/notification-view";
import { prepareDelivery } from "./prepare-delivery";

const view = (more: Partial<DeliveryView>): DeliveryView => ({
  id: "d",
  event: "failure",
  channel: "slack",
  target: "#ml-ops-alerts",
  status: "waiting",
  attempts: 0,
  lastError: null,
  dueAt: new Date("2026-01-02T03:04:05Z"),
  sentAt: null,
  ...more,
});

it("says of a message whether it was sent, waits or was given up, and why", () => {
  expect(prepareDelivery(view({}))).toMatchObject({ state: "waiting", to: "Slack #ml-ops-alerts", note: "" });
  expect(prepareDelivery(view({ attempts: 2, lastError: "Slack does not answer." }))).toMatchObject({
    state: "retrying",
    note: "try 2: Slack does not answer. Next try 2 Jan 2026, 03:04:05 UTC.",
  });
  expect(prepareDelivery(view({ status: "given_up", lastError: "Refused." }))).toMatchObject({
    state: "failed",
    word: "not sent",
    note: "Refused.",
  });
  expect(prepareDelivery(view({ status: "sent", sentAt: new Date("2026-01-02T03:04:06Z") }))).toMatchObject({
    state: "succeeded",
    note: "2 Jan 2026, 03:04:06 UTC",
  });
});
