import { describe, expect, it } from "vitest";
import { deliveriesFor } from "./deliveries-for";
import { NotificationRules } from "./notification-rules";

const SEEDS = NotificationRules.parse({
  on_failure: { channel: "slack", target: "#ml-ops-alerts", include_logs: true },
  on_success: { channel: "slack", target: "#data-pipelines", include_metrics: true },
});
const told = (status: string, warning: string | null, rules: NotificationRules) =>
  deliveriesFor({ status, warning }, rules).map((each) => `${each.event} ${each.channel} ${each.target}`);

describe("the messages that a run owes", () => {
  it("are those of how it ended, with what the document asks for", () => {
    expect(deliveriesFor({ status: "failed", warning: null }, SEEDS)).toEqual([
      {
        event: "failure",
        channel: "slack",
        target: "#ml-ops-alerts",
        includeLogs: true,
        includeMetrics: false,
      },
    ]);
    expect(deliveriesFor({ status: "succeeded", warning: null }, SEEDS)).toMatchObject([
      { event: "success", target: "#data-pipelines", includeLogs: false, includeMetrics: true },
    ]);
  });

  it("go to the rules of a warning, or to those of a success without any", () => {
    expect(told("succeeded", "kept", SEEDS)).toEqual(["warning slack #data-pipelines"]);
    const both = { ...SEEDS, on_warning: { channel: "email" as const, target: "ann@example.org" } };
    expect(told("succeeded", "kept", both)).toEqual(["warning email ann@example.org"]);
    expect(told("succeeded", "kept", { ...SEEDS, on_warning: [] })).toEqual([]);
  });

  it("are none for a run that was cancelled or goes on", () => {
    for (const status of ["cancelled", "queued", "running"]) expect(told(status, null, SEEDS)).toEqual([]);
  });

  it("are one for a target that is named twice, with all that was asked for", () => {
    const twice = NotificationRules.parse({
      on_failure: [
        { channel: "slack", target: "#a", include_logs: true },
        { channel: "slack", target: "#a", include_metrics: true },
        { channel: "webhook", target: "#a" },
      ],
    });
    expect(deliveriesFor({ status: "failed", warning: null }, twice)).toMatchObject([
      { channel: "slack", includeLogs: true, includeMetrics: true },
      { channel: "webhook", includeLogs: false },
    ]);
  });
});
