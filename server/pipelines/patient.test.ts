import { describe, expect, it } from "vitest";
import { patient } from "./patient";

const away = () =>
  new Error("the query failed", {
    cause: Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
  });

describe("patient", () => {
  it("repeats a call until the database is back", async () => {
    let failures = 3;
    const store = patient(
      {
        read: async (id: string) => {
          if (failures > 0) {
            failures -= 1;
            throw away();
          }
          return id;
        },
      },
      { limitMs: 1_000, firstWaitMs: 1 },
    );
    expect(await store.read("a")).toBe("a");
    expect(failures).toBe(0);
  });

  it("passes on at once what another try would not mend", async () => {
    let calls = 0;
    const store = patient(
      {
        write: async () => {
          calls += 1;
          throw new Error("duplicate key");
        },
      },
      { limitMs: 1_000, firstWaitMs: 1 },
    );
    await expect(store.write()).rejects.toThrow("duplicate key");
    expect(calls).toBe(1);
  });

  it("gives up after its limit", async () => {
    const store = patient({ read: () => Promise.reject(away()) }, { limitMs: 5, firstWaitMs: 1 });
    await expect(store.read()).rejects.toThrow("the query failed");
  });
});
