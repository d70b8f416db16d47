import { beforeAll, describe, expect, it } from "vitest";
import type { ConnectorEvent, ConnectorRunner, StreamCall } from "./connector-runner";

export type ConnectorRunnerSubject = {
  runner: ConnectorRunner;
  /** A connector with an endless supply, in a version that is there. */
  connector: string;
  version: string;
  /** Config for a source whose stream `stream` has `rows` rows. */
  config(rows: number): unknown;
  stream: string;
  /** Config that the source refuses; its message may hold `secret`. */
  wrongConfig(secret: string): unknown;
  /** Rows that readers of the table see; null where there is no table. */
  rowCount(workspaceId: string, table: string): Promise<number | null>;
  freshId(): string;
};

/** What every ConnectorRunner keeps. */
export function describeConnectorRunnerContract(
  name: string,
  make: () => Promise<ConnectorRunnerSubject>,
): void {
  describe(`ConnectorRunner: ${name}`, { timeout: 300_000 }, () => {
    let subject: ConnectorRunnerSubject;
    beforeAll(async () => {
      subject = await make();
    }, 300_000);

    const plain = (events: ConnectorEvent[] = [], signal = new AbortController().signal) => ({
      connector: subject.connector,
      version: subject.version,
      secrets: ["canary-of-the-contract"],
      signal,
      onEvent: (event: ConnectorEvent) => void events.push(event),
    });
    const streamCall = (
      rows: number,
      events: ConnectorEvent[],
      more: Partial<StreamCall> = {},
    ): StreamCall => ({
      ...plain(events),
      config: subject.config(rows),
      workspaceId: subject.freshId(),
      syncId: subject.freshId(),
      attempt: 1,
      stream: { name: subject.stream, sync_mode: "full_refresh" },
      table: "lake.contract.things",
      transformation: {},
      onSchemaChange: "evolve",
      refresh: false,
      ...more,
    });
    const committedRows = (events: ConnectorEvent[]) =>
      events.reduce((sum, event) => sum + (event.type === "committed" ? event.rows : 0), 0);

    it("tells what the connector's config asks for", async () => {
      const spec = await subject.runner.spec(plain());
      expect(spec).toMatchObject({ connector: subject.connector, version: subject.version });
      expect(spec.connectionSpecification).toHaveProperty("properties");
    });

    it("checks a config: a source that says no is an answer, without the secret", async () => {
      expect(await subject.runner.check({ ...plain(), config: subject.config(10) })).toMatchObject({
        ok: true,
      });
      const config = subject.wrongConfig("canary-of-the-contract");
      const refused = await subject.runner.check({ ...plain(), config });
      expect(refused.ok).toBe(false);
      expect(refused.message).not.toBe("");
      expect(refused.message).not.toContain("canary-of-the-contract");
    });

    it("discovers streams with their columns", async () => {
      const streams = await subject.runner.discover({ ...plain(), config: subject.config(10) });
      const found = streams.find((stream) => stream.name === subject.stream);
      expect(found?.columns.length).toBeGreaterThan(0);
      expect(found?.syncModes).toContain("full_refresh");
    });

    it("has nothing to let go of where the source keeps nothing", async () => {
      expect(await subject.runner.release({ ...plain(), config: subject.config(10) })).toEqual([]);
    });

    it("brings a stream into its table and tells progress and commits", async () => {
      const events: ConnectorEvent[] = [];
      const call = streamCall(50, events);
      const result = await subject.runner.syncStream(call);
      expect(result).toMatchObject({ rows: 50, rowsCommitted: 50 });
      expect(result.bytes).toBeGreaterThan(0);
      expect(committedRows(events)).toBe(50);
      expect(events.some((event) => event.type === "progress")).toBe(true);
      expect(await subject.rowCount(call.workspaceId, call.table)).toBe(50);
    });

    it("bears being called again: nothing is doubled, and the commits are told again", async () => {
      const call = streamCall(20, []);
      await subject.runner.syncStream(call);
      const events: ConnectorEvent[] = [];
      await subject.runner.syncStream({ ...call, onEvent: (event) => void events.push(event) });
      expect(await subject.rowCount(call.workspaceId, call.table)).toBe(20);
      const ids = events.flatMap((event) => (event.type === "committed" ? [event.snapshotId] : []));
      expect(new Set(ids).size).toBe(1);
      expect(committedRows(events)).toBe(20);
    });

    it("puts what a refresh reads in the place of what was there", async () => {
      const call = streamCall(20, [], { stream: { name: subject.stream, sync_mode: "incremental" } });
      await subject.runner.syncStream(call);
      await subject.runner.syncStream({ ...call, syncId: subject.freshId(), refresh: true });
      expect(await subject.rowCount(call.workspaceId, call.table)).toBe(20);
    });

    it("stops when it is asked to, and leaves the table as it was", async () => {
      const controller = new AbortController();
      const events: ConnectorEvent[] = [];
      const call = streamCall(50_000_000, events, { signal: controller.signal });
      const running = subject.runner.syncStream({
        ...call,
        onEvent: (event) => {
          events.push(event);
          if (event.type === "progress" && event.phase === "reading") controller.abort();
        },
      });
      await expect(running).rejects.toThrow();
      expect((await subject.rowCount(call.workspaceId, call.table)) ?? 0).toBe(0);
    });

    it("fails in words where the source has no such stream", async () => {
      const stream = { name: "no_such_stream", sync_mode: "full_refresh" as const };
      await expect(subject.runner.syncStream(streamCall(10, [], { stream }))).rejects.toMatchObject({
        name: "Failure",
        message: expect.stringContaining("no_such_stream"),
      });
    });

    it("begins nothing under a signal that has aborted", async () => {
      const signal = AbortSignal.abort();
      await expect(
        subject.runner.check({ ...plain([], signal), config: subject.config(1) }),
      ).rejects.toThrow();
    });
  });
}
