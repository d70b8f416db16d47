import pg from "pg";
import { describe, expect, it } from "vitest";
import { listenTo } from "./listen-to";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const serverUrl = process.env.CONTRACT_DATABASE_URL ?? "";

describe.skipIf(serverUrl === "")("listening to PostgreSQL (CONTRACT_DATABASE_URL)", () => {
  it("hears once it listens and at every notification, and ends with its signal", async () => {
    const over = new AbortController();
    let heard = 0;
    let tell: () => void = () => undefined;
    const listening = listenTo(
      serverUrl,
      "heard_in_a_test",
      () => {
        heard += 1;
        tell();
      },
      over.signal,
    );
    const until = async (count: number) => {
      while (heard < count) await new Promise<void>((resolve) => (tell = resolve));
    };
    await until(1);
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    await client.query("NOTIFY heard_in_a_test");
    await until(2);
    await client.query("NOTIFY elsewhere_in_a_test");
    await client.query("NOTIFY heard_in_a_test");
    await until(3);
    await client.end();
    over.abort();
    await listening;
    expect(heard).toBe(3);
  });
});
