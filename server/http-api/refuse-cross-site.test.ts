import { describe, expect, it } from "vitest";
import { refuseCrossSite } from "./refuse-cross-site";

const OURS = "http://127.0.0.1:3000";

function isRefused(headers: Record<string, string>, method = "POST"): boolean {
  const request = { method, headers: new Headers(headers) } as Request;
  try {
    refuseCrossSite(request, OURS);
    return false;
  } catch {
    return true;
  }
}

describe("refuseCrossSite", () => {
  it.each([
    ["our own page", { origin: OURS, host: "127.0.0.1:3000", "sec-fetch-site": "same-origin" }],
    ["our page under another loopback name", { origin: "http://localhost:3000", host: "localhost:3000" }],
    ["no browser", { host: "127.0.0.1:3000" }],
    ["a proxy that changes the host", { origin: OURS, host: "inner:80", "sec-fetch-site": "same-origin" }],
  ])("lets %s change things", (_name, headers) => {
    expect(isRefused(headers as Record<string, string>)).toBe(false);
  });

  it.each([
    [
      "another site",
      { origin: "http://evil.example", host: "127.0.0.1:3000", "sec-fetch-site": "cross-site" },
    ],
    ["another site in an old browser", { origin: "http://evil.example", host: "127.0.0.1:3000" }],
    [
      "another port of this machine",
      { origin: "http://localhost:4000", host: "localhost:3000", "sec-fetch-site": "same-site" },
    ],
    [
      "a name made to point here",
      { origin: "http://evil.example", host: "evil.example", "sec-fetch-site": "same-origin" },
    ],
    ["a sandboxed frame", { origin: "null", host: "127.0.0.1:3000" }],
  ])("refuses %s", (_name, headers) => {
    expect(isRefused(headers)).toBe(true);
  });

  it("lets reads pass", () => {
    expect(isRefused({ origin: "http://evil.example", "sec-fetch-site": "cross-site" }, "GET")).toBe(false);
  });
});
