import { describe, expect, it } from "vitest";
import { pendingMigrations } from "./migrate.mjs";

const first = { name: "1_first", sql: "SELECT 1", checksum: "aa" };
const second = { name: "2_second", sql: "SELECT 2", checksum: "bb" };
const row = (changes = {}) => ({ migration_name: "1_first", checksum: "aa", finished_at: new Date(0), rolled_back_at: null, ...changes });

describe("pendingMigrations", () => {
  it("leaves out what was applied and keeps the order of the rest", () => {
    expect(pendingMigrations([first, second], [row()])).toEqual([second]);
    expect(pendingMigrations([first, second], [])).toEqual([first, second]);
  });
  it("refuses a migration that was changed after it was applied", () => {
    expect(() => pendingMigrations([first], [row({ checksum: "cc" })])).toThrow(/1_first was changed/);
  });
  it("refuses a database of a newer version", () => {
    expect(() => pendingMigrations([first], [row(), row({ migration_name: "9_later" })])).toThrow(/9_later/);
  });
  it("refuses to go on after a half-applied migration", () => {
    expect(() => pendingMigrations([first], [row({ finished_at: null })])).toThrow(/half-way/);
  });
  it("applies again what was rolled back", () => {
    expect(pendingMigrations([first], [row({ rolled_back_at: new Date(0) })])).toEqual([first]);
  });
});
