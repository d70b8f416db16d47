import { describe, expect, it } from "vitest";
import { databaseFailure } from "./database-failure";

const error = (fields: object) => Object.assign(new Error("Can't reach db.internal:5432"), fields);
const driver = (cause: object) => error({ code: "P2010", meta: { driverAdapterError: { cause } } });

describe("databaseFailure", () => {
  it.each([
    ["unreachable", error({ code: "P1001" })],
    ["closed in between", error({ code: "P1017" })],
    ["shut down while it answered", driver({ kind: "postgres", originalCode: "57P01" })],
    ["starting up", driver({ kind: "postgres", originalCode: "57P03" })],
    ["gone, said by the driver alone", error({ cause: { kind: "ConnectionClosed" } })],
  ])("says that a database which is %s may come back", (_name, given) => {
    const failure = databaseFailure(given);
    expect(failure).toMatchObject({ code: "engine_unavailable", retryable: true, cause: given });
    expect(failure?.message).not.toContain("db.internal");
  });

  it.each([
    ["a broken rule of the data", error({ code: "P2002" })],
    ["a wrong statement", driver({ kind: "postgres", originalCode: "42601" })],
    ["a bug", new TypeError("x is undefined")],
    ["no error", "text"],
  ])("leaves %s alone", (_name, given) => {
    expect(databaseFailure(given)).toBeNull();
  });
});
