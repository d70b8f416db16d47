import { describe, expect, it } from "vitest";
import { postgresAddress } from "./postgres-address";

const CONFIG = { host: "db", port: 5433, database: "shop", username: "reader", password: `\${SHOP}` };
const ssl = (more: object) => {
  const read = postgresAddress({ ...CONFIG, ...more });
  return read.ok ? read.address.ssl : read.reason;
};

describe("the address of a database that is read in place", () => {
  it("is what the connection's config says, with its secrets still named", () => {
    expect(postgresAddress({ ...CONFIG, schemas: ["public"], arrays: "json" })).toEqual({
      ok: true,
      address: {
        host: "db",
        port: 5433,
        database: "shop",
        user: "reader",
        password: `\${SHOP}`,
        ssl: "prefer",
      },
    });
    expect(postgresAddress({ host: "db", database: "shop", username: "reader" })).toMatchObject({
      address: { port: 5432, password: "" },
    });
  });

  it("encrypts as the config asks, in every way of asking", () => {
    expect(ssl({ ssl_mode: { mode: "disable" } })).toBe("disable");
    expect(ssl({ ssl_mode: "allow" })).toBe("prefer");
    expect(ssl({ jdbc_url_params: "?sslmode=require" })).toBe("require");
    expect(ssl({ jdbc_url_params: "ssl=true&connectTimeout=3" })).toBe("require");
    expect(ssl({ ssl_mode: { mode: "require" }, jdbc_url_params: "sslmode=disable" })).toBe("require");
  });

  it("is none where a certificate is to be checked, which is never left out silently", () => {
    expect(ssl({ ssl_mode: { mode: "verify-full", ca_certificate: "x" } })).toContain("verify-full");
    expect(ssl({ jdbc_url_params: "sslmode=verify-ca" })).toContain("verify-ca");
  });

  it.each(["host", "database", "username"])("is none without a %s", (field) => {
    expect(postgresAddress({ ...CONFIG, [field]: undefined })).toMatchObject({ ok: false });
  });
});
