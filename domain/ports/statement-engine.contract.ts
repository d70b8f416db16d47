import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlanNode } from "../query/plan-node";
import type { ResultColumn } from "../query/result-column";
import {
  END_OF_STREAM,
  SPOOL_FILES,
  type SpoolChunk,
  type SpoolEnd,
  type SpoolHead,
} from "../query/result-spool";
import type { EngineStatement, StatementEngine, StatementProgress } from "./statement-engine";

/** Statements of the contract as the engine's dialect spells them. */
export type StatementSamples = {
  /** The id (1, 2, 3) and name (`milk`, `bread`, the empty text) of three products, the last of them last. */
  products: string;
  /** Exactly so many rows with one bigint column `n`, from 0; at least a million can be asked for. */
  numbers: (count: number) => string;
  /** A bigint 9007199254740993, a decimal 0.10, a text, NULL, and both columns of the same name `twin`. */
  values: string;
  noRows: string;
  /** A syntax error, and the offset of the word at which it is seen. */
  syntaxError: { sql: string; offset: number };
  /** A column that there is not, and its offset in UTF-16 units; text outside of the basic plane stands before it. */
  unknownColumn: { sql: string; offset: number };
  unknownTable: string;
  twoStatements: string;
  notSelect: string;
  /** Fails when it runs, not when it is understood. */
  failsLate: string;
  /** Gives no row within a minute. */
  forever: string;
  /** Gives rows at once and goes on for more than a minute. */
  endless: string;
};

export type StatementEngineSubject = {
  engine: StatementEngine;
  samples: StatementSamples;
  /** What the statements may read; `sql` and the rest of a statement. */
  statement(sql: string): EngineStatement;
  /** A folder that is not there yet, for a result. */
  freshFolder(): string;
  /** A path that a Parquet file may be written to, and the number of rows of one that was. */
  freshPath(): string;
  parquetRows(path: string): Promise<number>;
  exists(path: string): Promise<boolean>;
  /** Decodes an Arrow stream: the rows with values as JavaScript tells them apart, bigints and decimals as text. */
  decode(stream: Uint8Array): { names: string[]; types: (string | undefined)[]; rows: unknown[][] };
  /** Statements that the engine itself says it runs now, where it can be asked. */
  running?: () => Promise<number>;
  dispose(): Promise<void>;
};

/** How long a cancelled statement may take to end, measured generously on a busy machine. */
const CANCEL_MS = 20_000;

/** What every StatementEngine keeps. */
export function describeStatementEngineContract(
  name: string,
  make: () => Promise<StatementEngineSubject>,
): void {
  describe(`StatementEngine: ${name}`, () => {
    let subject: StatementEngineSubject;
    beforeAll(async () => {
      subject = await make();
    }, 120_000);
    afterAll(() => subject?.dispose());

    const samples = () => subject.samples;
    const start = (sql: string, control = {}) => {
      const folder = subject.freshFolder();
      return { folder, outcome: subject.engine.run(subject.statement(sql), folder, control) };
    };
    const rowsOf = async (sql: string) => {
      const { folder, outcome } = start(sql);
      await outcome;
      return subject.decode(await readFile(join(folder, SPOOL_FILES.data)));
    };
    const isThere = (path: string) =>
      access(path).then(
        () => true,
        () => false,
      );

    it("keeps the rows of a statement, text that is empty apart from none", async () => {
      const { names, rows } = await rowsOf(samples().products);
      expect(names).toEqual(["id", "name"]);
      expect(rows.map(([id, word]) => [Number(id), word])).toEqual([
        [1, "milk"],
        [2, "bread"],
        [3, ""],
      ]);
    });

    it("keeps every digit, NULL, and columns of one name", async () => {
      const { folder, outcome } = start(samples().values);
      await outcome;
      const { head } = await indexOf(folder);
      expect(head.columns.map((column) => column.name)).toEqual([
        "big",
        "price",
        "word",
        "none",
        "twin",
        "twin",
      ]);
      const { names, types, rows } = subject.decode(await readFile(join(folder, SPOOL_FILES.data)));
      expect(names).toEqual(head.columns.map((column) => column.name));
      expect(types).toEqual(head.columns.map((column) => column.type));
      expect(rows).toEqual([
        ["9007199254740993", "0.10", "žluť 😀", null, expect.anything(), expect.anything()],
      ]);
    });

    it("tells the columns before the rows, and the first rows before the last", async () => {
      const heard: string[] = [];
      const columns: ResultColumn[][] = [];
      const kept: number[] = [];
      const progress: StatementProgress[] = [];
      const { folder, outcome } = start(samples().numbers(1_000_000), {
        onStart: () => heard.push("start"),
        onColumns: (them: ResultColumn[]) => {
          heard.push("columns");
          columns.push(them);
        },
        onRows: ({ rows }: { rows: number }) => {
          if (kept.length === 0) heard.push("rows");
          kept.push(rows);
        },
        onProgress: (it: StatementProgress) => progress.push(it),
      });
      const { rows, bytes } = await outcome;
      expect(heard).toEqual(["start", "columns", "rows"]);
      expect(columns).toHaveLength(1);
      expect(columns[0]?.map((column) => column.name)).toEqual(["n"]);
      expect(kept[0]).toBeGreaterThan(0);
      expect(kept[0]).toBeLessThan(1_000_000);
      expect(kept).toEqual([...kept].sort((a, b) => a - b));
      expect(rows).toBe(1_000_000);
      for (const { share } of progress) expect(share === null || (share >= 0 && share <= 1)).toBe(true);
      expect(JSON.parse(await readFile(join(folder, SPOOL_FILES.end), "utf8"))).toEqual({ rows, bytes });
    });

    it("makes each chunk readable by itself", async () => {
      const { folder, outcome } = start(samples().numbers(300_000));
      await outcome;
      const data = await readFile(join(folder, SPOOL_FILES.data));
      const { head, chunks } = await indexOf(folder);
      const schema = data.subarray(0, head.schemaBytes);
      let row = 0;
      let offset = head.schemaBytes;
      for (const chunk of chunks) {
        expect(chunk).toMatchObject({ firstRow: row, offset });
        row += chunk.rows;
        offset += chunk.bytes;
      }
      expect(row).toBe(300_000);
      expect(chunks.length).toBeGreaterThan(1);
      expect(chunks[0]?.rows).toBeLessThan(30_000);
      const end = JSON.parse(await readFile(join(folder, SPOOL_FILES.end), "utf8")) as SpoolEnd;
      expect(end).toEqual({ rows: row, bytes: offset });
      expect([...data.subarray(offset)]).toEqual([...END_OF_STREAM]);
      const last = chunks.at(-1);
      if (last === undefined) throw new Error("no chunk");
      const one = Buffer.concat([
        schema,
        data.subarray(last.offset, last.offset + last.bytes),
        END_OF_STREAM,
      ]);
      const { rows } = subject.decode(one);
      expect(rows).toHaveLength(last.rows);
      expect(Number(rows.at(-1)?.[0])).toBe(299_999);
    });

    it("keeps a result without rows whole", async () => {
      const { folder, outcome } = start(samples().noRows);
      expect(await outcome).toMatchObject({ rows: 0 });
      const { names, rows } = subject.decode(await readFile(join(folder, SPOOL_FILES.data)));
      expect(names.length).toBeGreaterThan(0);
      expect(rows).toEqual([]);
      expect((await indexOf(folder)).chunks).toEqual([]);
    });

    it("names the place of an error, in the text as it was given", async () => {
      for (const { sql, offset } of [samples().syntaxError, samples().unknownColumn]) {
        const { folder, outcome } = start(sql);
        await expect(outcome, sql).rejects.toMatchObject({
          name: "Failure",
          code: "invalid_input",
          errors: [{ pointer: `/sql/${offset}` }],
        });
        expect(await isThere(folder)).toBe(false);
      }
    });

    it.each(["unknownTable", "twoStatements", "notSelect", "failsLate"] as const)(
      "refuses as invalid input: %s",
      async (sample) => {
        const { folder, outcome } = start(samples()[sample]);
        await expect(outcome).rejects.toMatchObject({ name: "Failure", code: "invalid_input" });
        expect(await isThere(folder)).toBe(false);
      },
    );

    it.each(["forever", "endless"] as const)("stops a statement that is cancelled: %s", async (sample) => {
      const controller = new AbortController();
      const started = new Promise<void>((resolve) => {
        const { folder, outcome } = start(samples()[sample], {
          signal: controller.signal,
          ...(sample === "endless"
            ? { onRows: () => resolve() }
            : { onStart: () => setTimeout(resolve, 300) }),
        });
        ended = expect(outcome)
          .rejects.toMatchObject({ name: "Failure", code: "cancelled" })
          .then(() => isThere(folder));
      });
      await started;
      const at = performance.now();
      controller.abort();
      expect(await ended).toBe(false);
      expect(performance.now() - at).toBeLessThan(CANCEL_MS);
      if (subject.running !== undefined) {
        const asked = subject.running;
        await expect.poll(asked, { timeout: 5_000 }).toBe(0);
      }
      expect((await rowsOf(samples().products)).rows).toHaveLength(3);
    });
    let ended: Promise<boolean>;

    it("does not begin what was cancelled before", async () => {
      const { folder, outcome } = start(samples().products, { signal: AbortSignal.abort() });
      await expect(outcome).rejects.toMatchObject({ code: "cancelled" });
      expect(await isThere(folder)).toBe(false);
    });

    it("ends a statement at its time limit", async () => {
      const { outcome } = start(samples().forever, { timeoutMs: 500 });
      await expect(outcome).rejects.toMatchObject({ name: "Failure", code: "timed_out" });
    });

    it("writes the rows as one file, or nothing", async () => {
      const { engine, statement, freshPath } = subject;
      const path = freshPath();
      const written = await engine.writeParquet(statement(samples().numbers(10_000)), path);
      expect(written).toMatchObject({ rowCount: 10_000, columns: [{ name: "n" }] });
      expect(written.bytes).toBeGreaterThan(0);
      expect(await subject.parquetRows(path)).toBe(10_000);
      const never = freshPath();
      await expect(engine.writeParquet(statement(samples().failsLate), never)).rejects.toMatchObject({
        code: "invalid_input",
      });
      expect(await subject.exists(never)).toBe(false);
    });

    it("explains a statement, and measures it when asked", async () => {
      const { engine, statement } = subject;
      const planned = flat(await engine.explain(statement(samples().products), { analyze: false }));
      expect(planned.every((node) => node.name !== "" && node.rows === null && node.ms === null)).toBe(true);
      const measured = flat(await engine.explain(statement(samples().products), { analyze: true }));
      expect(measured.some((node) => node.rows === 3)).toBe(true);
      expect(measured.some((node) => node.ms !== null && node.ms >= 0)).toBe(true);
      await expect(
        engine.explain(statement(samples().unknownColumn.sql), { analyze: false }),
      ).rejects.toMatchObject({ code: "invalid_input" });
    });

    it("says which engine it is", async () => {
      expect((await subject.engine.health()).version).not.toBe("");
    });
  });
}

const flat = (node: PlanNode): PlanNode[] => [node, ...node.children.flatMap(flat)];

async function indexOf(folder: string): Promise<{ head: SpoolHead; chunks: SpoolChunk[] }> {
  const lines = (await readFile(join(folder, SPOOL_FILES.index), "utf8")).trimEnd().split("\n");
  const [head, ...chunks] = lines.map((line) => JSON.parse(line) as unknown);
  return { head: head as SpoolHead, chunks: chunks as SpoolChunk[] };
}
