import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromIPC } from "@uwdata/flechette";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parquetToArrow } from "./parquet-to-arrow";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "parquet-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A SELECT written as Parquet by DuckDB, as Arrow streams. */
async function streamsOf(sql: string, options = ""): Promise<Uint8Array[]> {
  const file = path.join(folder, `${crypto.randomUUID()}.parquet`);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (${sql}) TO '${file}' (FORMAT parquet${options})`);
  connection.closeSync();
  const bytes = await readFile(file);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const streams: Uint8Array[] = [];
  for await (const stream of parquetToArrow(buffer)) streams.push(stream);
  return streams;
}

const rowsThrough = async (sql: string, options = ""): Promise<Record<string, unknown>[]> =>
  (await streamsOf(sql, options)).flatMap((stream) =>
    tableFromIPC(stream, { useBigInt: true, useDecimalInt: true, useMap: true }).toArray(),
  );

describe("a Parquet file", () => {
  it.each(["uncompressed", "snappy", "gzip", "zstd", "lz4_raw", "brotli"])(
    "is read when it is %s",
    async (codec) => {
      const rows = await rowsThrough(
        "SELECT i AS id, CASE WHEN i % 3 = 0 THEN NULL WHEN i % 3 = 1 THEN '' ELSE 'ü' || i END AS s FROM range(5000) AS t(i)",
        `, CODEC '${codec}', ROW_GROUP_SIZE 2048`,
      );
      expect(rows).toHaveLength(5000);
      expect(rows.slice(0, 3)).toEqual([
        { id: 0n, s: null },
        { id: 1n, s: "" },
        { id: 2n, s: "ü2" },
      ]);
      expect(rows[4999]).toEqual({ id: 4999n, s: "" });
    },
  );

  it("keeps every digit of numbers", async () => {
    const [row] = await rowsThrough(
      `SELECT 9007199254740993::BIGINT AS b, 18446744073709551615::UBIGINT AS u, 4294967295::UINTEGER AS u4,
        (-128)::TINYINT AS t, 65535::USMALLINT AS us, '99999999999999999999999999999999999999'::DECIMAL(38,0) AS d38,
        '-1.05'::DECIMAL(5,2) AS d5, '-1234567890.12'::DECIMAL(15,2) AS d15, 1.5::FLOAT AS f, 'nan'::DOUBLE AS n`,
    );
    expect(row).toEqual({
      b: 9007199254740993n,
      u: 18446744073709551615n,
      u4: 4294967295,
      t: -128,
      us: 65535,
      d38: 99999999999999999999999999999999999999n,
      d5: -105n,
      d15: -123456789012n,
      f: 1.5,
      n: Number.NaN,
    });
  });

  it("keeps times to their last digit, with and without a zone", async () => {
    const file =
      "SELECT TIMESTAMP '2026-01-01 10:00:00.123456' AS t, TIMESTAMP_NS '2026-01-01 10:00:00.123456789' AS n, DATE '0001-02-03' AS d, TIME '12:34:56.789012' AS c";
    const [stream] = await streamsOf(file);
    const table = tableFromIPC(stream as Uint8Array);
    const raw = table.children.map(({ data }) => BigInt(data[0]?.values[0] as number | bigint));
    const day = Date.UTC(2026, 0, 1, 10) / 1000;
    expect(raw).toEqual([
      BigInt(day) * 1_000_000n + 123_456n,
      BigInt(day) * 1_000_000_000n + 123_456_789n,
      -719_129n,
      45_296_789_012n,
    ]);
    expect(table.schema.fields.map(({ type }) => ("timezone" in type ? type.timezone : undefined))).toEqual([
      null,
      null,
      undefined,
      undefined,
    ]);
    const [zoned] = await streamsOf("SELECT TIMESTAMPTZ '2026-01-01 10:00:00+00' AS z");
    expect(tableFromIPC(zoned as Uint8Array).schema.fields[0]?.type).toMatchObject({ timezone: "UTC" });
  });

  it("keeps lists, structs and maps, empty and NULL apart", async () => {
    const rows = await rowsThrough(
      `SELECT * FROM (VALUES
        (1, [1, NULL]::INTEGER[], {'a': 1, 'b': ['x', NULL]}, MAP {'k': 1.50::DECIMAL(5,2)}, [[1], []]::INTEGER[][]),
        (2, [], {'a': NULL, 'b': []}, MAP {}, []),
        (3, NULL, NULL, NULL, NULL)) AS t(id, l, st, m, ll)`,
    );
    const plain = JSON.parse(
      JSON.stringify(rows, (_, value) => {
        if (value instanceof Map) return [...value];
        if (ArrayBuffer.isView(value)) return Array.from(value as Int32Array);
        return typeof value === "bigint" ? `${value}` : value;
      }),
    );
    expect(plain).toEqual([
      { id: 1, l: [1, null], st: { a: 1, b: ["x", null] }, m: [["k", "150"]], ll: [[1], []] },
      { id: 2, l: [], st: { a: null, b: [] }, m: [], ll: [] },
      { id: 3, l: null, st: null, m: null, ll: null },
    ]);
  });

  it("may hold no row", async () => {
    expect(await rowsThrough("SELECT 1 AS a WHERE false")).toEqual([]);
  });

  it("is refused where it is cut off, or none", async () => {
    const read = async (bytes: Uint8Array) => {
      for await (const _ of parquetToArrow(bytes.buffer as ArrayBuffer)) {
        // Only whether it can be read is asked.
      }
    };
    await expect(read(new TextEncoder().encode("not Parquet at all"))).rejects.toThrow("cannot be read");
  });
});
