import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { describeKeyHoldsContract } from "../../../domain/ports/key-holds.contract";
import { postgresKeyHolds } from "./postgres-key-holds";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";

describe.skipIf(serverUrl === "")("keys held in PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  const opened: { close(): Promise<void> }[] = [];
  const holds = () => {
    const made = postgresKeyHolds(serverUrl);
    opened.push(made);
    return made;
  };
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  describeKeyHoldsContract("PostgreSQL", async () => ({ one: holds(), other: holds() }));

  it("frees what a killed process held", async () => {
    const key = `killed ${process.pid}`;
    const path = fileURLToPath(new URL("./hold-worker.ts", import.meta.url));
    const child: ChildProcess = fork(path, [serverUrl, key], { execArgv: ["--import", "tsx"] });
    try {
      expect(await once(child, "message")).toEqual(["held", undefined]);
      const here = holds();
      expect(await here.hold(key)).toBeNull();
      child.kill("SIGKILL");
      await once(child, "exit");
      const free = async () => {
        for (;;) {
          const letGo = await here.hold(key);
          if (letGo !== null) return letGo;
          await sleep(5);
        }
      };
      await (await free())();
    } finally {
      child.kill("SIGKILL");
    }
  });

  it("holds again what it held when its session is lost", async () => {
    const [one, other] = [holds(), holds()];
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    const letGo = await one.hold("lost");
    const { rows } = await client.query<{ pid: number }>(
      "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND (classid::bigint << 32 | objid::bigint) = hashtextextended('key-hold lost', 0)",
    );
    expect(rows).toHaveLength(1);
    await client.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
    await client.end();
    const more = async () => {
      for (;;) {
        const held = await one.hold("more").catch(() => null);
        if (held !== null) return held;
        await sleep(5);
      }
    };
    const letGoOfMore = await more();
    expect(await other.hold("lost")).toBeNull();
    await letGo?.();
    const after = await other.hold("lost");
    expect(after).not.toBeNull();
    await after?.();
    await letGoOfMore();
  });
});
