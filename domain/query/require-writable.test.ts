import { describe, expect, it } from "vitest";
import { ownSchema } from "./own-schema";
import { requireWritable } from "./require-writable";

describe("requireWritable", () => {
  it.each([
    ["analytics.u_ann_lee.t", "analyst"],
    ["lake.shop.orders", "engineer"],
    ["analytics.derived.t", "admin"],
  ] as const)("lets %s be written by an %s", (table, role) => {
    expect(() => requireWritable(table, { role, own: "u_ann_lee" })).not.toThrow();
  });

  it.each([
    ["analytics.u_bo.t", "analyst", "forbidden", "analytics.u_ann_lee.t"],
    ["lake.u_ann_lee.t", "analyst", "forbidden", "analytics.u_ann_lee.t"],
    ["analytics.u_ann_lee.t", "viewer", "forbidden", "role"],
    ["shop.public.orders", "admin", "invalid_input", "analytics.derived.orders"],
    ["shop.public.orders", "analyst", "invalid_input", "analytics.u_ann_lee.orders"],
  ] as const)("refuses %s to the role %s", (table, role, code, hint) => {
    expect(() => requireWritable(table, { role, own: "u_ann_lee" })).toThrow(
      expect.objectContaining({ code, hint: expect.stringContaining(hint) }),
    );
  });

  it("names a schema after a person", () => {
    expect(["Ann Lee", "Žofie  O'Hara!", "李明", "--"].map(ownSchema)).toEqual([
      "u_ann_lee",
      "u_zofie_o_hara",
      "u_李明",
      "u_me",
    ]);
  });
});
