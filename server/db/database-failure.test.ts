import { describe, expect, it } from "vitest";
import { databaseFailure } from "./database-failure";

describe("databaseFailure", () => {
  it("says that a database which is away may come back, without its address", () => {
    const away = Object.assign(new Error("Can't reach db.internal:5432"), { code: "P1001" });
    const failure = databaseFailure(away);
    expect(failure).toMatchObject({ code: "engine_unavailable", retryable: true, cause: away });
    expect(failure?.message).not.toContain("db.internal");
  });

  it("leaves any other error alone", () => {
    expect(databaseFailure(Object.assign(new Error("Unique constraint"), { code: "P2002" }))).toBeNull();
  });
});
