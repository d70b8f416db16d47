import { describe, expect, it } from "vitest";
import { prepareEngines } from "./prepare-engines";

describe("prepareEngines", () => {
  it("counts what is ready and names what is starting", () => {
    const summary = prepareEngines({ ray: { status: "starting" }, postgres: { status: "up" } });
    expect(summary.rows.map(({ key }) => key)).toEqual(["postgres", "ray"]);
    expect(summary.words).toBe("1 of 2 engines ready");
    expect(summary.state).toBe("starting");
    expect(summary.headline).toMatch(/^Starting: Ray\./);
    expect(summary.isSettled).toBe(false);
  });

  it("lets a dead engine win over a starting one", () => {
    const summary = prepareEngines({ ray: { status: "down" }, mlflow: { status: "starting" } });
    expect(summary.state).toBe("down");
    expect(summary.headline).toContain("Ray");
  });

  it("says what to install where an engine is not offered", () => {
    const summary = prepareEngines({ postgres: { status: "up" }, python: { status: "not_offered" } });
    expect(summary.state).toBe("stale");
    expect(summary.rows[1]?.ifMissing).toMatch(/Install Python/);
  });

  it("shows an engine that it does not know under its own name", () => {
    expect(prepareEngines({ kafka: { status: "up" } }).rows[0]?.label).toBe("kafka");
    expect(prepareEngines({ postgres: { status: "up" } }).headline).toBe("Every engine is ready.");
  });
});
