import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "@uwdata/flechette";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ResultReader } from "../../../domain/ports/result-reader";
import { compileProfile } from "../../../domain/query/compile/compile-profile";
import { compileView, withinView } from "../../../domain/query/compile/compile-view";
import { readProfiles } from "../../../domain/query/compile/read-profiles";
import { ResultView } from "../../../domain/query/result-view";
import { pythonResultReader } from "./python-result-reader";

// biome-ignore lint/style/noProcessEnv: a contract test finds its engine there
const { CONTRACT_LAKE_PYTHON: python = "" } = process.env;
const PACKAGE = join(import.meta.dirname, "../../../lake");
const ROWS = 100_000;

/** A result of 100,000 rows: `id`, `name` (every tenth is NULL) and `share` (every hundredth is NaN). */
const MAKE = `
import sys
from pathlib import Path
import pyarrow as pa
from workbench_query.run.result_spool import ResultSpool
schema = pa.schema([("id", pa.int64()), ("name", pa.string()), ("share", pa.float64())])
with ResultSpool(Path(sys.argv[1])) as spool:
    spool.begin(schema, [{"name": "id", "type": "BIGINT"}, {"name": "name", "type": "VARCHAR"}, {"name": "share", "type": "DOUBLE"}])
    for first in range(0, ${ROWS}, 4000):
        ids = range(first, first + 4000)
        spool.append(pa.record_batch([
            pa.array(ids),
            pa.array([None if row % 10 == 0 else f"n{row % 7}" for row in ids]),
            pa.array([float("nan") if row % 100 == 99 else row % 1000 / 1000 for row in ids]),
        ], schema=schema))
    spool.end()
`;
const columns = [
  { name: "id", type: "BIGINT" },
  { name: "name", type: "VARCHAR" },
  { name: "share", type: "DOUBLE" },
];

describe.skipIf(python === "")("ResultReader in Python (needs CONTRACT_LAKE_PYTHON)", () => {
  let folder: string;
  let result: string;
  let reader: ResultReader;
  const never = () => new AbortController().signal;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "result-reader-"));
    result = join(folder, "result");
    execFileSync(python, ["-c", MAKE, result], { env: { NODE_ENV: "test", PYTHONPATH: PACKAGE } });
    reader = pythonResultReader({
      python,
      packageDir: PACKAGE,
      memoryLimitBytes: 512 * 1024 * 1024,
      threads: 2,
      tempDir: folder,
    });
  });
  afterAll(async () => {
    await reader.close();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = (sql: string) => reader.rows({ result }, sql, { timeoutMs: 20_000 });
  const idsOf = (bytes: Uint8Array) => {
    const table = tableFromIPC(bytes, { useBigInt: true });
    return Array.from({ length: table.numRows }, (_, row) => Number(table.getChild("id").at(row)));
  };
  const collect = async (stream: AsyncIterable<Uint8Array>) => {
    const blocks: Uint8Array[] = [];
    for await (const block of stream) blocks.push(block);
    return Buffer.concat(blocks);
  };

  it("asks a result, bigints as text", async () => {
    expect(await ask("SELECT count(*), max(c0), max(row_number), min(c1) FROM result")).toEqual([
      [String(ROWS), String(ROWS - 1), String(ROWS - 1), "n0"],
    ]);
  });

  it("profiles columns, and the columns of a view", async () => {
    const sql = compileProfile([0, 1, 2], columns, ROWS, "detail");
    const [id, name, share] = readProfiles(await ask(sql), columns, ROWS, "detail");
    expect(id).toMatchObject({ rows: ROWS, nulls: 0, smallest: "0", largest: "99999", notANumber: 0 });
    expect(id?.distinct).toEqual({ count: ROWS, isExact: true });
    expect(name).toMatchObject({ nulls: ROWS / 10, distinct: { count: 7, isExact: true } });
    expect(name?.top?.values).toHaveLength(7);
    expect(share).toMatchObject({ notANumber: ROWS / 100, smallest: "0.0", largest: "0.998" });
    const view = ResultView.parse({ filters: [{ column: 1, operator: "is_null" }] });
    const [seen] = readProfiles(await ask(withinView(sql, view, columns)), columns, ROWS, "detail");
    expect(seen).toMatchObject({ rows: ROWS / 10, largest: "99990" });
  });

  it("keeps the order of a view and gathers windows of it", async () => {
    const file = join(folder, "view.order");
    const view = ResultView.parse({
      sort: [
        { column: 1, descending: true },
        { column: 0, descending: true },
      ],
      filters: [{ column: 0, operator: ">=", value: "100" }],
    });
    const told = await reader.order({ result }, compileView(view, columns), file, {});
    expect(told).toEqual({ rows: ROWS - 100, totalRows: ROWS });
    expect((await readFile(file)).length).toBe((ROWS - 100) * 8);
    const first = idsOf(await reader.gather(result, file, 0, 3));
    expect(first).toEqual([99_994, 99_987, 99_973]);
    const last = idsOf(await reader.gather(result, file, ROWS - 102, 500));
    expect(last).toEqual([110, 100]);
    expect(idsOf(await reader.gather(result, file, ROWS, 500))).toEqual([]);
  });

  it("exports all rows, and those of a view", async () => {
    const text = (
      await collect(reader.export(result, { format: "csv", order: null, signal: never() }))
    ).toString();
    const lines = text.split("\r\n");
    expect(lines).toHaveLength(ROWS + 2);
    expect(lines.slice(0, 3)).toEqual(["id,name,share", "0,,0.0", "1,n1,0.001"]);
    const file = join(folder, "backwards.order");
    const view = ResultView.parse({ sort: [{ column: 0, descending: true }] });
    await reader.order({ result }, compileView(view, columns), file, {});
    const arrow = await collect(reader.export(result, { format: "arrow", order: file, signal: never() }));
    const ids = idsOf(arrow);
    expect(ids).toHaveLength(ROWS);
    expect(ids.slice(0, 2)).toEqual([ROWS - 1, ROWS - 2]);
  });

  it("ends an export that is left early, and goes on serving", async () => {
    for await (const block of reader.export(result, { format: "json", order: null, signal: never() })) {
      expect(block.length).toBeGreaterThan(0);
      break;
    }
    expect(await ask("SELECT 1")).toEqual([[1]]);
    expect((await readdir(folder)).filter((name) => name.startsWith("results-"))).toEqual([]);
  });

  it("cancels a question and an export", async () => {
    const endless = "SELECT count(*) FROM result a, result b, result c WHERE hash(a.c0, b.c0, c.c0) = 1";
    await expect(
      reader.rows({ result }, endless, { signal: AbortSignal.timeout(50), timeoutMs: 20_000 }),
    ).rejects.toMatchObject({ code: "cancelled" });
    await expect(reader.rows({ result }, endless, { timeoutMs: 50 })).rejects.toMatchObject({
      code: "timed_out",
    });
    const stop = new AbortController();
    const stream = reader.export(result, { format: "csv", order: null, signal: stop.signal });
    await expect(
      (async () => {
        for await (const _ of stream) stop.abort();
      })(),
    ).rejects.toMatchObject({ code: "cancelled" });
  });

  it("tells what is wrong", async () => {
    await expect(ask("SELECT c7 FROM result")).rejects.toMatchObject({ code: "invalid_input" });
    await expect(ask("SELECT * FROM read_text('/etc/passwd')")).rejects.toMatchObject({
      code: "invalid_input",
    });
    const gone = join(folder, "gone");
    await expect(
      reader.rows({ result: gone }, "SELECT 1 FROM result", { timeoutMs: 9_000 }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(reader.gather(result, join(folder, "no.order"), 0, 1)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      collect(reader.export(gone, { format: "csv", order: null, signal: never() })),
    ).rejects.toMatchObject({
      code: "not_found",
    });
    await writeFile(join(folder, "empty.order"), "");
    expect(idsOf(await reader.gather(result, join(folder, "empty.order"), 0, 10))).toEqual([]);
  });
});
