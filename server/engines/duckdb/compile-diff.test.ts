import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  cellNames,
  compileDiff,
  compileDiffCounts,
  compileDiffPage,
  compileKeyCheck,
} from "../../../domain/lakehouse/compile-diff";
import { type ColumnPair, pairColumns } from "../../../domain/lakehouse/pair-columns";

type Value = number | string | null;
type Row = Value[];
type Change = { kind: string; before: Row | null; after: Row | null };

const COLUMNS = [
  { id: 1, name: "id", type: "integer" },
  { id: 2, name: 'na"me', type: "varchar" },
  { id: 3, name: "amount", type: "decimal(9,2)" },
];

/** A generator of whole numbers below a bound, the same for the same seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("the diff of two states, against a plain model", () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await (await DuckDBInstance.create(":memory:")).connect();
    await connection.run(
      "ATTACH ':memory:' AS time_travel; CREATE SCHEMA time_travel.before; CREATE SCHEMA time_travel.after",
    );
  });
  afterAll(() => connection.closeSync());

  const literal = (value: Value) => (typeof value === "string" ? `'${value}'` : String(value));
  async function fill(side: "before" | "after", columns: string, rows: Row[]): Promise<void> {
    await connection.run(`CREATE OR REPLACE TABLE time_travel.${side}.rows (${columns})`);
    if (rows.length === 0) return;
    const values = rows.map((row) => `(${row.map(literal).join(", ")})`).join(", ");
    await connection.run(`INSERT INTO time_travel.${side}.rows VALUES ${values}`);
  }
  async function query(sql: string): Promise<Row[]> {
    return (await connection.runAndReadAll(sql)).getRowsJson() as Row[];
  }
  async function diff(pairs: ColumnPair[], key: number[]): Promise<Change[]> {
    await connection.run(`CREATE OR REPLACE TABLE found AS ${compileDiff(pairs, key)}`);
    const names = pairs.map((_, index) => cellNames(index));
    const cells = (row: Row, from: number) => names.map((_, index) => row[1 + from + index] ?? null);
    const sides = [...names.map(({ before }) => before), ...names.map(({ after }) => after)];
    return (await query(`SELECT kind, ${sides.join(", ")} FROM found`)).map((row) => {
      const kind = String(row[0]);
      return {
        kind,
        before: kind === "added" ? null : cells(row, 0),
        after: kind === "removed" ? null : cells(row, names.length),
      };
    });
  }

  const text = (value: unknown) => JSON.stringify(value);
  const sorted = (changes: Change[]) => changes.map(text).sort();

  function keyedModel(before: Row[], after: Row[]): Change[] {
    const earlier = new Map(before.map((row) => [row[0], row]));
    const later = new Map(after.map((row) => [row[0], row]));
    const changes: Change[] = [];
    for (const key of new Set([...earlier.keys(), ...later.keys()])) {
      const [b, a] = [earlier.get(key) ?? null, later.get(key) ?? null];
      if (b === null) changes.push({ kind: "added", before: null, after: a });
      else if (a === null) changes.push({ kind: "removed", before: b, after: null });
      else if (text(a) !== text(b)) changes.push({ kind: "changed", before: b, after: a });
    }
    return changes;
  }
  function bagModel(before: Row[], after: Row[]): Change[] {
    const counts = new Map<string, number>();
    for (const row of after) counts.set(text(row), (counts.get(text(row)) ?? 0) + 1);
    for (const row of before) counts.set(text(row), (counts.get(text(row)) ?? 0) - 1);
    return [...counts].flatMap(([row, surplus]) => {
      const value = JSON.parse(row) as Row;
      const change =
        surplus > 0
          ? { kind: "added", before: null, after: value }
          : { kind: "removed", before: value, after: null };
      return Array.from({ length: Math.abs(surplus) }, () => change);
    });
  }

  const TYPES = 'id INTEGER, "na""me" VARCHAR, amount DECIMAL(9, 2)';
  const shown = (row: Row): Row => [
    row[0] ?? null,
    row[1] ?? null,
    row[2] === null ? null : Number(row[2]).toFixed(2),
  ];
  const pairs = pairColumns(COLUMNS, COLUMNS);
  const names: Value[] = ["a", "b", "", "ž", null];

  function rowsOf(next: (below: number) => number, isKeyed: boolean): Row[] {
    const count = next(30);
    const ids = new Set<Value>();
    return Array.from(
      { length: count },
      (): Row => [next(12) === 0 ? null : next(25), names[next(5)] ?? null, next(4) === 0 ? null : next(3)],
    ).filter(([id]) => !isKeyed || (!ids.has(id ?? null) && ids.add(id ?? null)));
  }

  it.each(Array.from({ length: 40 }, (_, seed) => seed))("by key, seed %i", async (seed) => {
    const next = random(seed);
    const [before, after] = [rowsOf(next, true), rowsOf(next, true)];
    await fill("before", TYPES, before);
    await fill("after", TYPES, after);
    expect(sorted(await diff(pairs, [1]))).toEqual(sorted(keyedModel(before.map(shown), after.map(shown))));
  });

  it.each(Array.from({ length: 40 }, (_, seed) => seed))("as bags of rows, seed %i", async (seed) => {
    const next = random(1000 + seed);
    const [before, after] = [rowsOf(next, false), rowsOf(next, false)];
    await fill("before", TYPES, before);
    await fill("after", TYPES, after);
    expect(sorted(await diff(pairs, []))).toEqual(sorted(bagModel(before.map(shown), after.map(shown))));
  });

  it("follows renamed, widened, added and dropped columns by their ids", async () => {
    const earlier = [
      { id: 1, name: "id", type: "integer" },
      { id: 2, name: "old", type: "varchar" },
      { id: 4, name: "gone", type: "integer" },
    ];
    const later = [
      { id: 1, name: "id", type: "bigint" },
      { id: 2, name: "new", type: "varchar" },
      { id: 5, name: "old", type: "double" },
    ];
    await fill("before", "id INTEGER, old VARCHAR, gone INTEGER", [
      [1, "a", null],
      [2, "b", 7],
      [3, "c", null],
    ]);
    await fill("after", "id BIGINT, new VARCHAR, old DOUBLE", [
      [1, "a", null],
      [2, "b", null],
      [3, "c", 0.5],
    ]);
    const wide = pairColumns(earlier, later);
    expect(wide.map(({ id }) => id)).toEqual([1, 2, 5, 4]);
    expect(await diff(wide, [1])).toEqual([
      { kind: "changed", before: ["2", "b", null, 7], after: ["2", "b", null, null] },
      { kind: "changed", before: ["3", "c", null, null], after: ["3", "c", 0.5, null] },
    ]);
  });

  it("compares a column of any type with one that is not there", async () => {
    const [id] = COLUMNS;
    if (id === undefined) throw new Error("no column");
    const later = [
      id,
      { id: 7, name: "note", type: "varchar" },
      { id: 8, name: "tags", type: "array(varchar)" },
    ];
    await fill("before", "id INTEGER", [[1], [2]]);
    await fill("after", "id INTEGER, note VARCHAR, tags VARCHAR[]", [
      [1, "x", null],
      [2, null, null],
    ]);
    const wide = pairColumns([id], later);
    expect(await diff(wide, [1])).toEqual([
      { kind: "changed", before: [1, null, null], after: [1, "x", null] },
    ]);
    expect(await query(compileDiffCounts("found", wide))).toEqual([["0", "0", "1", "0", "1", "0"]]);
    const types = await query("SELECT column_type FROM (DESCRIBE found)");
    expect(types.flat()).toEqual([
      "VARCHAR",
      "INTEGER",
      "INTEGER",
      "VARCHAR",
      "VARCHAR",
      "VARCHAR[]",
      "VARCHAR[]",
    ]);
    expect(await diff(wide, [])).toHaveLength(2);
  });

  it("takes several columns for a key, and NULL for a value of it", async () => {
    await fill("before", TYPES, [
      [1, "a", 1],
      [1, "b", 1],
      [null, null, 1],
    ]);
    await fill("after", TYPES, [
      [1, "a", 2],
      [1, "b", 1],
      [null, null, 1],
    ]);
    expect(await diff(pairs, [1, 2])).toEqual([
      { kind: "changed", before: [1, "a", "1.00"], after: [1, "a", "2.00"] },
    ]);
  });

  it("counts keys that are not one row's alone", async () => {
    await fill("before", TYPES, [
      [1, "a", 1],
      [1, "b", 1],
      [2, "c", 1],
    ]);
    await fill("after", TYPES, [[1, "a", 1]]);
    expect(await query(compileKeyCheck("before", pairs, [1]))).toEqual([["1"]]);
    expect(await query(compileKeyCheck("after", pairs, [1]))).toEqual([["0"]]);
    expect(await query(compileKeyCheck("before", pairs, [1, 2]))).toEqual([["0"]]);
  });

  it("counts changes by kind and by column, and pages with the changed columns named", async () => {
    await fill("before", TYPES, [
      [1, "a", 1],
      [2, "b", 1],
      [3, "c", null],
    ]);
    await fill("after", TYPES, [
      [1, "x", 2],
      [3, "c", 5],
      [4, "d", 1],
    ]);
    await diff(pairs, [1]);
    expect(await query(compileDiffCounts("found", pairs))).toEqual([["1", "1", "2", "0", "1", "2"]]);
    const page = await query(compileDiffPage("found", pairs, { kind: "changed", limit: 1, offset: 1 }));
    expect(page).toEqual([["changed", "2", 3, 3, "c", "c", null, "5.00"]]);
    expect(await query(compileDiffPage("found", pairs, { kind: null, limit: 9, offset: 0 }))).toHaveLength(4);
  });

  it("finds nothing between equal states, and all of a state beside an empty one", async () => {
    await fill("before", TYPES, [
      [1, "a", 1],
      [1, "a", 1],
    ]);
    await fill("after", TYPES, [
      [1, "a", 1],
      [1, "a", 1],
    ]);
    expect(await diff(pairs, [])).toEqual([]);
    await fill("after", TYPES, []);
    expect(await diff(pairs, [])).toHaveLength(2);
  });
});
