import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { tableFromIPC } from "@uwdata/flechette";
import type { Cell } from "../../../domain/ports/rows";
import { describeStatementEngineContract } from "../../../domain/ports/statement-engine.contract";
import { Failure } from "../../../domain/shared/failure";
import { type MemoryResult, memoryStatementEngine } from "./statement-engine";

const N = [{ name: "n", type: "BIGINT" }];
const PRODUCTS = [
  { name: "id", type: "INTEGER" },
  { name: "name", type: "VARCHAR" },
];
const VALUES = [
  { name: "big", type: "BIGINT" },
  { name: "price", type: "DECIMAL(9,2)" },
  { name: "word", type: "VARCHAR" },
  { name: "none", type: "VARCHAR" },
  { name: "twin", type: "INTEGER" },
  { name: "twin", type: "INTEGER" },
];

async function* countTo(count: number): AsyncIterable<Cell[][]> {
  for (let first = 0; first < count; first += 10_000) {
    await nextTurn();
    yield Array.from({ length: Math.min(10_000, count - first) }, (_, index) => [first + index]);
  }
}

function wrong(offset: number): never {
  const message = "The statement is wrong.";
  throw new Failure("invalid_input", message, { errors: [{ pointer: `/sql/${offset}`, message }] });
}

function answer(sql: string): MemoryResult | Promise<MemoryResult> {
  const [verb = "", count = "0"] = sql.split(" ");
  switch (verb) {
    case "products":
      return {
        columns: PRODUCTS,
        rows: [
          [1, "milk"],
          [2, "bread"],
          [3, ""],
        ],
      };
    case "numbers":
      return { columns: N, rows: countTo(Number(count)) };
    case "values":
      return { columns: VALUES, rows: [["9007199254740993", "0.10", "žluť 😀", null, 1, 2]] };
    case "nothing":
      return { columns: N, rows: [] };
    case "forever":
      return new Promise(() => {});
    default:
      return wrong(verb === "column" ? 7 : 0);
  }
}

describeStatementEngineContract("memory", async () => {
  const root = await mkdtemp(join(tmpdir(), "memory-"));
  const engine = memoryStatementEngine(({ sql }) => answer(sql));
  let count = 0;
  return {
    engine,
    samples: {
      products: "products",
      numbers: (rows) => `numbers ${rows}`,
      values: "values",
      noRows: "nothing",
      syntaxError: { sql: "SELEC", offset: 0 },
      unknownColumn: { sql: "column x", offset: 7 },
      unknownTable: "table",
      twoStatements: "1; 2",
      notSelect: "insert",
      failsLate: "fails",
      forever: "forever",
      endless: "numbers 1000000000",
    },
    statement: (sql) => ({ sql, workspaceId: "w", tables: [], databases: [] }),
    freshFolder: () => join(root, `result-${++count}`),
    freshPath: () => `/memory/file-${++count}.parquet`,
    parquetRows: async (path) => engine.files.get(path)?.rows.length ?? 0,
    exists: async (path) => engine.files.has(path),
    decode: (stream) => {
      const table = tableFromIPC(stream, { useBigInt: true, useDecimalInt: true });
      const { fields } = table.schema;
      const spelled = (value: bigint, index: number) => {
        const { scale = 0 } = (fields[index]?.type ?? {}) as { scale?: number };
        return scale === 0 ? String(value) : (Number(value) / 10 ** scale).toFixed(scale);
      };
      const columns = table.children.map((column, index) =>
        [...column].map((value) => (typeof value === "bigint" ? spelled(value, index) : value)),
      );
      return {
        names: fields.map((field) => field.name),
        types: fields.map((field) => field.metadata?.get("benchwright.type")),
        rows: Array.from({ length: table.numRows }, (_, row) => columns.map((column) => column[row])),
      };
    },
    running: async () => engine.running,
    dispose: () => rm(root, { recursive: true, force: true }),
  };
});
