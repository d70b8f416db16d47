import { tracked } from "@trpc/server";
import { describe, expect, it, vi } from "vitest";
import { Failure } from "../../domain/shared/failure";
import { eventStream } from "./event-stream";

async function* values(...given: unknown[]) {
  for (const value of given) {
    if (value instanceof Error) throw value;
    yield value;
  }
}

describe("eventStream", () => {
  it("writes each value as one event, with the id of a tracked one, and says that it has ended", async () => {
    const at = new Date("2026-02-01T00:00:00Z");
    const response = await eventStream(
      values({ at, size: 5n }, tracked("7", ["two\nlines"])),
      "runs.changes",
    );
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(await response.text()).toBe(
      'data: {"at":"2026-02-01T00:00:00.000Z","size":"5"}\n\n' +
        'id: 7\ndata: ["two\\nlines"]\n\n' +
        "event: end\ndata: {}\n\n",
    );
  });

  it("rejects with the failure of the first value, and tells a later one in the stream", async () => {
    const gone = new Failure("not_found", "It is gone.");
    await expect(eventStream(values(gone), "x")).rejects.toBe(gone);
    const text = await (await eventStream(values(1, gone), "x")).text();
    expect(text).toContain('event: problem\ndata: {"type":"about:blank","status":404');
  });

  it("ends the iteration when the client leaves", async () => {
    const left = vi.fn();
    async function* endless() {
      try {
        for (let n = 0; ; n++) yield n;
      } finally {
        left();
      }
    }
    const reader = (await eventStream(endless(), "x")).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(left).toHaveBeenCalled();
  });
});
