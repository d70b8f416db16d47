import { describe, expect, it } from "vitest";
import { replaceStretches } from "../query/origins";
import { Failure } from "../shared/failure";
import { resolveMoment } from "./resolve-moment";
import { findTimeTravel, readTime } from "./time-travel";

const NOW = new Date("2026-03-31T12:00:00Z");
const read = (sql: string) => {
  const { found, errors } = findTimeTravel(sql, NOW);
  return { found: found.map(({ name, moment }) => ({ name, ...moment })), errors };
};

describe("findTimeTravel", () => {
  it.each([
    [
      "SELECT * FROM lake.sample.orders FOR VERSION AS OF 8271638172638172631 WHERE x",
      { kind: "snapshot", snapshotId: "8271638172638172631" },
    ],
    ["select * from lake.sample.orders for version as of 'audit' o", { kind: "ref", ref: "audit" }],
    ["FROM lake.sample.orders FOR SYSTEM_VERSION AS OF 'it''s'", { kind: "ref", ref: "it's" }],
    [
      "FROM lake.sample.orders FOR TIMESTAMP AS OF TIMESTAMP '2026-01-31 10:00:00 UTC'",
      { kind: "time", at: new Date("2026-01-31T10:00:00Z") },
    ],
    [
      "FROM lake.sample.orders FOR TIMESTAMP AS OF TIMESTAMP '2026-01-31 10:00:00'",
      { kind: "time", at: new Date("2026-01-31T10:00:00Z") },
    ],
    [
      "FROM lake.sample.orders FOR SYSTEM_TIME AS OF '2026-01-31T10:00:00.5+02:00'",
      { kind: "time", at: new Date("2026-01-31T08:00:00.5Z") },
    ],
    [
      "FROM lake.sample.orders FOR TIMESTAMP AS OF DATE '2026-01-31'",
      { kind: "time", at: new Date("2026-01-31T00:00:00Z") },
    ],
    [
      "FROM lake.sample.orders FOR TIMESTAMP AS OF current_timestamp - INTERVAL '7' DAY",
      { kind: "time", at: new Date("2026-03-24T12:00:00Z") },
    ],
    [
      "FROM lake.sample.orders FOR TIMESTAMP AS OF now() - INTERVAL 2 HOURS - INTERVAL '1' YEAR",
      { kind: "time", at: new Date("2025-03-31T10:00:00Z") },
    ],
  ])("reads %s", (sql, moment) => {
    expect(read(sql)).toEqual({ found: [{ name: ["lake", "sample", "orders"], ...moment }], errors: [] });
  });

  it("reads quoted, two-part and one-part names, whatever blanks and comments stand between", () => {
    const sql =
      'FROM lake . "my shop"/* x */."a ""b"".c" -- y\n FOR\tVERSION AS OF 1, sample.t FOR VERSION AS OF 2, t FOR VERSION AS OF 3';
    expect(read(sql).found.map(({ name }) => name)).toEqual([
      ["lake", "my shop", 'a "b".c'],
      ["sample", "t"],
      ["t"],
    ]);
  });

  it.each([
    "SELECT 'x FOR VERSION AS OF 1'",
    "SELECT 1 -- t FOR VERSION AS OF 1",
    "SELECT 1 /* t FOR VERSION AS OF 1 */",
    'SELECT 1 AS "t FOR VERSION AS OF 1"',
    "SELECT $$t FOR VERSION AS OF 1$$, $a$ t FOR VERSION AS OF 1 $b$ $a$",
    "SELECT substring('abc' FROM 1 FOR 2), version, timestamp FROM t AS of",
  ])("sees nothing in %s", (sql) => {
    expect(read(sql)).toEqual({ found: [], errors: [] });
  });

  it.each([
    ["SELECT * FROM t FOR VERSION AS OF version + 1", /id of a snapshot/],
    ["SELECT * FROM t FOR VERSION AS OF 1.5", /id of a snapshot/],
    ["SELECT * FROM t FOR VERSION AS OF", /id of a snapshot/],
    ["SELECT * FROM t FOR TIMESTAMP AS OF yesterday", /TIMESTAMP '/],
    ["SELECT * FROM t FOR TIMESTAMP AS OF TIMESTAMP '2026-13-01'", /TIMESTAMP '/],
    ["SELECT * FROM t FOR TIMESTAMP AS OF now() - INTERVAL 'x' DAY", /TIMESTAMP '/],
    ["SELECT * FROM t FOR TIMESTAMP AS OF now() - INTERVAL '1' FORTNIGHT", /TIMESTAMP '/],
    ["SELECT * FROM (SELECT 1) FOR VERSION AS OF 1", /name of a table/],
  ])("says where %s is wrong", (sql, message) => {
    const { found, errors } = read(sql);
    expect(found).toEqual([]);
    expect(errors[0]?.message).toMatch(message);
    expect(sql.slice(errors[0]?.offset)).toMatch(/^FOR /);
  });

  it("replaces each phrase and nothing else", () => {
    const sql =
      "SELECT 'é', o.x FROM a.b.c FOR VERSION AS OF 12 AS o JOIN a.b.c FOR TIMESTAMP AS OF DATE '2026-01-01' p USING (id)";
    const { found } = findTimeTravel(sql, NOW);
    const stretches = found.map(({ start, end }, index) => ({ start, end, by: `t${index}.c` }));
    expect(replaceStretches(sql, stretches).text).toBe(
      "SELECT 'é', o.x FROM t0.c AS o JOIN t1.c p USING (id)",
    );
  });
});

describe("readTime", () => {
  it.each([
    ["2026-01-31", "2026-01-31T00:00:00.000Z"],
    ["2026-01-31 10:00", "2026-01-31T10:00:00.000Z"],
    ["2026-01-31 10:00:00.123456 +05:30", "2026-01-31T04:30:00.123Z"],
    ["2026-01-31T10:00:00-02", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31T10:00:00z", "2026-01-31T10:00:00.000Z"],
  ])("reads %s", (text, iso) => {
    expect(readTime(text)?.toISOString()).toBe(iso);
  });

  it.each(["", "yesterday", "2026-1-1", "2026-01-31 25:00", "10:00", "2026-01-31 Europe/Prague"])(
    "refuses %j",
    (text) => {
      expect(readTime(text)).toBeNull();
    },
  );
});

describe("resolveMoment", () => {
  const day = (number: number) => new Date(Date.UTC(2026, 0, number));
  const state = {
    refs: [{ name: "audit", type: "branch" as const, snapshotId: "9" }],
    history: [
      { snapshotId: "1", at: day(1) },
      { snapshotId: "2", at: day(2) },
      { snapshotId: "1", at: day(3) },
    ],
  };
  const at = (time: Date) => resolveMoment("a.b.c", { kind: "time", at: time }, state);

  it("finds what main held at a time, rollbacks included", () => {
    expect([at(day(1)), at(day(2)), at(new Date(day(3).getTime() - 1)), at(day(3)), at(day(9))]).toEqual([
      "1",
      "2",
      "2",
      "1",
      "1",
    ]);
  });

  it("finds where a branch or tag is", () => {
    expect(resolveMoment("a.b.c", { kind: "ref", ref: "audit" }, state)).toBe("9");
  });

  it("says what there is instead of what there is not", () => {
    expect(() => resolveMoment("a.b.c", { kind: "ref", ref: "x" }, state)).toThrow(Failure);
    expect(() => at(new Date(0))).toThrow(/held nothing at 1970/);
  });
});
