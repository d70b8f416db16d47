import { describe, expect, it } from "vitest";
import { Failure } from "../../domain/shared/failure";
import { isDatabaseAway } from "./is-database-away";

const error = (fields: object, message = "the query failed") => Object.assign(new Error(message), fields);
const driver = (cause: object) => error({ code: "P2010", meta: { driverAdapterError: { cause } } });
const refused = error({ code: "ECONNREFUSED" }, "connect");

describe("isDatabaseAway", () => {
  it.each([
    ["unreachable", error({ code: "P1001" })],
    ["closed in between", error({ code: "P1017" })],
    ["out of connections for a while", error({ code: "P2024" })],
    ["shut down while it answered", driver({ kind: "postgres", originalCode: "57P01" })],
    ["starting up", driver({ kind: "postgres", originalCode: "57P03" })],
    ["cut off", driver({ kind: "postgres", originalCode: "08006" })],
    ["gone, said by the driver alone", error({ cause: { kind: "ConnectionClosed" } })],
    ["refused, said by the socket below", new Error("the step failed", { cause: refused })],
    ["going down, said in words", new Error("terminating connection due to administrator command")],
    [
      "starting, said in words under a code that says nothing",
      error(
        { code: "P2039" },
        "Database error. Code: `57P03`. Message: `the database system is not yet accepting connections`",
      ),
    ],
  ])("holds of a database that is %s", (_name, given) => {
    expect(isDatabaseAway(given)).toBe(true);
  });

  it.each([
    ["a broken rule of the data", error({ code: "P2002" })],
    ["a wrong statement", driver({ kind: "postgres", originalCode: "42601" })],
    ["words about syntax", new Error("syntax error")],
    ["a bug", new TypeError("x is undefined")],
    ["another engine's failure", new Failure("engine_unavailable", "Ray is away.", { cause: refused })],
    [
      "a step that another engine failed",
      new Error("step", { cause: new Failure("engine_failed", "No.", { cause: refused }) }),
    ],
    ["no error", "text"],
  ])("does not hold of %s", (_name, given) => {
    expect(isDatabaseAway(given)).toBe(false);
  });

  it("ends on an error that is its own cause", () => {
    const loop = new Error("round");
    loop.cause = loop;
    expect(isDatabaseAway(loop)).toBe(false);
  });
});
