import { describe, expect, it, vi } from "vitest";
import { Failure } from "./failure";

class Refusal extends Failure {}

describe("Failure", () => {
  it("is known as one by every copy of its module", async () => {
    vi.resetModules();
    const copy = await import("./failure");
    expect(copy.Failure).not.toBe(Failure);
    expect(new copy.Failure("conflict", "x")).toBeInstanceOf(Failure);
    expect(new Failure("conflict", "x")).toBeInstanceOf(copy.Failure);
  });

  it("tells its subclasses and other errors apart", () => {
    expect(new Refusal("conflict", "x")).toBeInstanceOf(Failure);
    expect(new Refusal("conflict", "x")).toBeInstanceOf(Refusal);
    expect(new Failure("conflict", "x")).not.toBeInstanceOf(Refusal);
    for (const other of [new Error("x"), { code: "conflict" }, null, undefined, "x"])
      expect(other).not.toBeInstanceOf(Failure);
  });

  it("shows nothing of its mark where it is written out", () => {
    const written: unknown = JSON.parse(JSON.stringify(new Failure("conflict", "x")));
    expect(written).toEqual({ name: "Failure", code: "conflict", retryable: false, errors: [] });
  });
});
