import type { TableLocation } from "../../../domain/ports/query-engine";
import { describeQueryEngineContract, STATEMENTS } from "../../../domain/ports/query-engine.contract";
import type { Cell } from "../../../domain/ports/rows";
import { Failure } from "../../../domain/shared/failure";
import { type MemoryAnswer, memoryQueryEngine } from "./query-engine";

const firstFile = ([table]: TableLocation[]): string =>
  table !== undefined && "uris" in table ? (table.uris[0] ?? "") : "";
const descending = (a: Cell[], b: Cell[]) => Number(b[0]) - Number(a[0]);

const answers: Record<string, MemoryAnswer> = {
  [STATEMENTS.types]: () => ({
    columns: ["small", "big", "price", "real", "day", "at", "yes", "word", "none"],
    rows: [[1, "12345678901234567", "1.50", 2.5, "2024-02-29", "2024-02-29T13:30:00", true, "žluť", null]],
  }),
  [STATEMENTS.threeProducts]: () => ({
    columns: ["id", "name"],
    rows: [
      [1, "milk"],
      [2, "bread"],
      [3, "eggs"],
    ],
  }),
  [STATEMENTS.hundred]: () => ({ columns: ["n"], rows: Array.from({ length: 100 }, (_, n) => [n]) }),
  [STATEMENTS.readBack]: (_sql, tables, read) => {
    const { columns, rows } = read(firstFile(tables));
    return { columns, rows: [...rows].sort(descending) };
  },
  [STATEMENTS.joined]: (_sql, tables, read) => ({
    columns: ["n"],
    rows: [[read(firstFile(tables)).rows.length]],
  }),
  [STATEMENTS.forever]: () => new Promise(() => {}),
};

describeQueryEngineContract("memory", async () => {
  const engine = memoryQueryEngine((sql, tables, read) => {
    const answer = answers[sql];
    if (answer === undefined) throw new Failure("invalid_input", "This statement has no answer.");
    return answer(sql, tables, read);
  });
  let files = 0;
  return {
    engine,
    freshPath: async () => `/memory/file-${++files}.parquet`,
    exists: async (path) => engine.files.has(path),
    dispose: () => engine.close(),
  };
});
