import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { counts, grantSlots, type OpenAttempt, type SlotLimit } from "./grant-slots";

const attempt = (id: string, more: Partial<OpenAttempt> = {}): OpenAttempt => ({
  id,
  workspaceId: "w",
  type: "ray_train",
  isGranted: false,
  priority: 0,
  sinceMs: 0,
  ...more,
});
const limit = (name: string, most: number, kind: SlotLimit["kind"] = "type"): SlotLimit => ({
  workspaceId: "w",
  kind,
  name,
  most,
});

describe("grantSlots", () => {
  it("gives the free places to the highest priority, then to who waited longest", () => {
    const { granted, waits } = grantSlots(
      [limit("ray_train", 3)],
      [
        attempt("held", { isGranted: true }),
        attempt("late", { sinceMs: 9 }),
        attempt("early", { sinceMs: 1 }),
        attempt("urgent", { priority: 5, sinceMs: 20 }),
        attempt("sql", { type: "sql_execute", sinceMs: 30 }),
        attempt("elsewhere", { workspaceId: "other", sinceMs: 40 }),
      ],
    );
    expect(granted).toEqual(["urgent", "early", "sql", "elsewhere"]);
    expect([...waits]).toEqual([["late", "waits for one of 3 places for ray_train"]]);
  });

  it("counts every type that works on a cluster", () => {
    const { granted, waits } = grantSlots(
      [limit("ray", 1, "cluster")],
      [
        attempt("a"),
        attempt("b", { type: "python", sinceMs: 1 }),
        attempt("c", { type: "http", sinceMs: 2 }),
      ],
    );
    expect(granted).toEqual(["a", "c"]);
    expect(waits.get("b")).toBe("waits for the one place on the cluster ray");
  });

  it("never passes a limit, and leaves nobody waiting who fits", () => {
    const types = fc.constantFrom("ray_train", "python", "http");
    const some = fc.array(fc.record({ type: types, isGranted: fc.boolean(), priority: fc.nat(3) }));
    fc.assert(
      fc.property(some, fc.nat(4), fc.nat(4), (drawn, trains, onRay) => {
        const limits = [limit("ray_train", trains), limit("ray", onRay, "cluster")];
        const attempts = drawn.map((each, index) => attempt(String(index), { ...each, sinceMs: index }));
        const { granted, waits } = grantSlots(limits, attempts);
        const used = (each: SlotLimit, ids: string[]) =>
          attempts.filter(({ id, type }) => ids.includes(id) && counts(each, type)).length;
        const before = attempts.filter((each) => each.isGranted).map((each) => each.id);
        for (const each of limits) {
          const now = used(each, [...before, ...granted]);
          expect(now).toBeLessThanOrEqual(Math.max(each.most, used(each, before)));
        }
        for (const id of waits.keys()) {
          const { type = "" } = attempts[Number(id)] ?? {};
          const fits = limits
            .filter((each) => counts(each, type))
            .every((each) => used(each, [...before, ...granted]) < each.most);
          expect(fits).toBe(false);
        }
        expect(granted.length + waits.size + before.length).toBe(attempts.length);
      }),
    );
  });
});
