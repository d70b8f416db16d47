import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Table, tableFromIPC } from "@uwdata/flechette";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { END_OF_STREAM, SPOOL_FILES } from "../../../domain/query/result-spool";
import { column, sized } from "./fake-trino";
import { type TrinoWorld, trinoWorld } from "./trino-world";

let world: TrinoWorld;
beforeEach(async () => {
  world = await trinoWorld();
});
afterEach(() => world.dispose());

async function spooled(): Promise<Table> {
  const bytes = await readFile(join(world.folder, SPOOL_FILES.data));
  return tableFromIPC(new Uint8Array(bytes), { useBigInt: true, useDecimalInt: true, useMap: true });
}
const cells = (table: Table, row: number) => table.children.map((child) => child.at(row));

describe("rows of Trino", () => {
  it("are kept exactly, whatever their type", async () => {
    world.trino.answer("SELECT *", {
      columns: [
        column("b", "bigint"),
        column("d", "decimal(38,9)", sized("decimal", 38, 9)),
        column("r", "double"),
        column("t", "timestamp(6) with time zone", sized("timestamp with time zone", 6)),
        column("day", "date"),
        column("at", "time(3)", sized("time", 3)),
        column("bytes", "varbinary"),
        column("id", "uuid"),
        column("fine", "timestamp(9)", sized("timestamp", 9)),
        column("yes", "boolean"),
      ],
      data: '[[9007199254740993,"-12345678901234567890123456789.123456789","NaN","2024-07-01 12:00:00.000001 Europe/Prague","2024-02-29","23:59:59.999","AP8=","12151fd2-7586-11e9-8f9e-2a86e4085a59","2024-01-01 00:00:00.123456789",true],[-9223372036854775808,"0.000000001","-Infinity","1969-12-31 23:59:59.999999 UTC","-0044-03-15","00:00:00.000","","","",false],[null,null,null,null,null,null,null,null,null,null],[7,"-0.500000000",-0.25,"+10000-01-01 00:00:00 -05:30","1582-10-10","01:02:03.000","AAEC","a\\"b\\\\c\\u00e9\\ud83d\\ude00","x",null]]',
    });
    await world.run("SELECT *");
    const table = await spooled();
    const days = Date.UTC(2024, 1, 29);
    expect(cells(table, 0)).toEqual([
      9007199254740993n,
      -12345678901234567890123456789123456789n,
      Number.NaN,
      Date.UTC(2024, 6, 1, 10) + 0.001,
      days,
      86_399_999_000n,
      new Uint8Array([0, 255]),
      "12151fd2-7586-11e9-8f9e-2a86e4085a59",
      "2024-01-01 00:00:00.123456789",
      true,
    ]);
    const caesar = new Date(0).setUTCFullYear(-44, 2, 15);
    expect(cells(table, 1)).toEqual([
      -9223372036854775808n,
      1n,
      Number.NEGATIVE_INFINITY,
      -0.001,
      caesar,
      0n,
      new Uint8Array(),
      "",
      "",
      false,
    ]);
    expect(cells(table, 2)).toEqual(new Array(10).fill(null));
    expect(cells(table, 3)).toEqual([
      7n,
      -500_000_000n,
      -0.25,
      Date.UTC(10_000, 0, 1, 5, 30),
      Date.UTC(1582, 9, 10),
      3_723_000_000n,
      new Uint8Array([0, 1, 2]),
      'a"b\\cé😀',
      "x",
      null,
    ]);
  });

  it("may be nested", async () => {
    const list = {
      rawType: "array",
      arguments: [{ kind: "TYPE", value: { rawType: "bigint", arguments: [] } }],
    };
    const map = {
      rawType: "map",
      arguments: [
        { kind: "TYPE", value: { rawType: "bigint", arguments: [] } },
        { kind: "TYPE", value: list },
      ],
    };
    const row = {
      rawType: "row",
      arguments: [
        { kind: "NAMED_TYPE", value: { fieldName: { name: "n" }, typeSignature: list } },
        { kind: "NAMED_TYPE", value: { typeSignature: { rawType: "varchar", arguments: [] } } },
      ],
    };
    world.trino.answer("SELECT *", {
      columns: [
        column("l", "array(bigint)", list),
        column("m", "map(bigint, array(bigint))", map),
        column("r", "row(n array(bigint), varchar)", row),
      ],
      data: '[[[1,null,9007199254740993],{"9007199254740993":[1],"2":null},[[],"x"]],[null,null,null],[[],{},[null,null]]]',
    });
    await world.run("SELECT *");
    const table = await spooled();
    expect([...((table.children[0]?.at(0) ?? []) as Iterable<unknown>)]).toEqual([
      1n,
      null,
      9007199254740993n,
    ]);
    const entries = [...((table.children[1]?.at(0) ?? []) as Map<bigint, Iterable<bigint> | null>)];
    expect(entries.map(([key, value]) => [key, value === null ? null : [...value]])).toEqual([
      [9007199254740993n, [1n]],
      [2n, null],
    ]);
    const first = table.children[2]?.at(0) as { n: Iterable<unknown>; field1: string };
    expect([[...first.n], first.field1]).toEqual([[], "x"]);
    expect(cells(table, 1)).toEqual([null, null, null]);
    expect([...((table.children[0]?.at(2) ?? []) as Iterable<unknown>)]).toEqual([]);
    expect(table.children[2]?.at(2)).toEqual({ n: null, field1: null });
  });

  it("are refused where a local time happened twice", async () => {
    const zoned = sized("timestamp with time zone", 0);
    world.trino.answer("SELECT *", {
      columns: [column("t", "timestamp(0) with time zone", zoned)],
      data: [["2024-10-27 02:30:00 Europe/Prague"]],
    });
    await expect(world.run("SELECT *")).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("come in chunks that can be read one by one, the first one small", async () => {
    const columns = [column("n", "bigint"), column("s", "varchar")];
    const page = (from: number) => ({
      data: Array.from({ length: 20_000 }, (_, index) => [from + index, "x".repeat(100)]),
    });
    world.trino.answer(
      "SELECT *",
      { state: "QUEUED" },
      { columns, ...page(0) },
      page(20_000),
      page(40_000),
      {},
    );
    const told: number[] = [];
    const outcome = await world.run("SELECT *", { onRows: ({ rows }) => void told.push(rows) });
    expect(told[0]).toBe(1_000);
    expect(told.at(-1)).toBe(60_000);
    const [head, ...chunks] = (await readFile(join(world.folder, SPOOL_FILES.index), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, number>);
    const bytes = await readFile(join(world.folder, SPOOL_FILES.data));
    let row = 0;
    for (const chunk of chunks) {
      const { offset = 0, bytes: length = 0, firstRow, rows = 0 } = chunk;
      expect(firstRow).toBe(row);
      expect(length).toBeLessThan(3 * 1024 ** 2);
      const parts = [bytes.subarray(0, head?.schemaBytes), bytes.subarray(offset, offset + length)];
      const table = tableFromIPC(new Uint8Array(Buffer.concat(parts)));
      expect([table.numRows, table.children[0]?.at(0)]).toEqual([rows, row]);
      row += rows;
    }
    expect(row).toBe(60_000);
    const end = JSON.parse(await readFile(join(world.folder, SPOOL_FILES.end), "utf8")) as object;
    expect(end).toEqual({ rows: 60_000, bytes: bytes.length - END_OF_STREAM.length });
    expect(outcome).toMatchObject(end);
  });

  it("may be none, and a cell may read like the end of a page", async () => {
    const columns = [column("j", "json")];
    world.trino.answer("SELECT 1", { columns });
    await world.run("SELECT 1");
    expect((await spooled()).numRows).toBe(0);
    const trap = '],"stats":{"state":"x"},"data":[["';
    world.trino.answer("SELECT 2", { columns, data: [[trap], [trap]] });
    await world.run("SELECT 2");
    expect((await spooled()).children[0]?.at(1)).toBe(trap);
  });
});
