import { describe, expect, it } from "vitest";
import type { Failure } from "../../domain/shared/failure";
import { hashPassword, verifyPassword } from "./password";
import { signInLimit } from "./sign-in-limit";

const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => "done",
    (error: Failure) => error.code,
  );

describe("signInLimit", () => {
  it("stops one person at one address, and lets others be", async () => {
    const limit = signInLimit({ perPair: 2, perEmail: 100, perAddress: 100, windowSeconds: 60 });
    await limit.attempt("a@x.org", "1");
    await limit.attempt("A@x.org ", "1");
    expect(await codeOf(limit.attempt("a@x.org", "1"))).toBe("rate_limited");
    expect(await codeOf(limit.attempt("a@x.org", "2"))).toBe("done");
    expect(await codeOf(limit.attempt("b@x.org", "1"))).toBe("done");
  });

  it("starts anew after a success", async () => {
    const limit = signInLimit({ perPair: 1, perEmail: 100, perAddress: 100, windowSeconds: 60 });
    await limit.attempt("a@x.org", "1");
    await limit.succeeded("a@x.org", "1");
    expect(await codeOf(limit.attempt("a@x.org", "1"))).toBe("done");
  });

  it("stops who makes up addresses, and who tries many people", async () => {
    const limit = signInLimit({ perPair: 100, perEmail: 3, perAddress: 3, windowSeconds: 60 });
    for (const address of ["1", "2", "3"]) await limit.attempt("a@x.org", address);
    expect(await codeOf(limit.attempt("a@x.org", "4"))).toBe("rate_limited");
    for (const email of ["b", "c", "d"]) await limit.attempt(email, "9");
    expect(await codeOf(limit.attempt("e", "9"))).toBe("rate_limited");
  });

  it("says how long to wait", async () => {
    const limit = signInLimit({ perPair: 1, perEmail: 9, perAddress: 9, windowSeconds: 60 });
    await limit.attempt("a", "1");
    await expect(limit.attempt("a", "1")).rejects.toThrow(/Wait (59|60) seconds/);
  });
});

describe("passwords", () => {
  it("are kept salted and checked in any Unicode form", async () => {
    const [one, two] = await Promise.all([
      hashPassword("caf\u00e9 au lait x"),
      hashPassword("caf\u00e9 au lait x"),
    ]);
    expect(one).not.toBe(two);
    expect(await verifyPassword("cafe\u0301 au lait x", one)).toBe(true);
    expect(await verifyPassword("cafe au lait x", one)).toBe(false);
    expect(await verifyPassword("", null)).toBe(false);
  });
});
