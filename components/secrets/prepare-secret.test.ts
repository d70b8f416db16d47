import { describe, expect, it } from "vitest";
import { referenceTo, secretField, suggestSecretName } from "./prepare-secret";

const key = { name: "SHOP_KEY", setAt: new Date(0), setBy: "Ada", lastUsedAt: null, usedBy: [] };

describe("secretField", () => {
  it("tells a reference that is set from one that is not", () => {
    expect(secretField(referenceTo("SHOP_KEY"), [key])).toEqual({
      kind: "found",
      name: "SHOP_KEY",
      secret: key,
    });
    expect(secretField(referenceTo("OTHER"), [key])).toEqual({ kind: "missing", name: "OTHER" });
  });

  it("claims nothing before the list of secrets is known", () => {
    expect(secretField(referenceTo("OTHER"), null)).toEqual({ kind: "unknown", name: "OTHER" });
  });

  it("sees plain text for what it is", () => {
    expect(secretField("hunter2", [key])).toEqual({ kind: "plain" });
    expect(secretField(`x${referenceTo("SHOP_KEY")}`, [key])).toEqual({ kind: "plain" });
    expect(secretField(undefined, [key])).toEqual({ kind: "empty" });
  });
});

describe("suggestSecretName", () => {
  it("joins connection and field", () => {
    expect(suggestSecretName("shopify-orders", "api_password")).toBe("SHOPIFY_ORDERS_API_PASSWORD");
    expect(suggestSecretName("", "password")).toBe("PASSWORD");
    expect(suggestSecretName("42", "é")).toBe("SECRET_42");
  });
});
