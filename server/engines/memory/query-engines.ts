import type { Cell } from "../../../domain/ports/rows";
import { memoryLake } from "./lake";
import { memoryResultReader } from "./result-reader";
import { memorySqlLanguage } from "./sql-language";
import { type MemoryStatementAnswer, memoryStatementEngine } from "./statement-engine";

const ANSWER = {
  columns: [{ name: "id", type: "BIGINT" }],
  rows: [[1], [2], [3]] as Cell[][],
};

/** What the query room runs on: its engine answers three rows, and its reader none, unless they are told other. */
export function memoryQueryEngines() {
  const replies: MemoryStatementAnswer[] = [];
  const readings: Cell[][][] = [];
  return {
    lake: memoryLake(),
    sqlLanguage: memorySqlLanguage(),
    duckdb: memoryStatementEngine((statement) => (replies.shift() ?? (() => ANSWER))(statement)),
    trino: memoryStatementEngine(() => ANSWER),
    resultReader: memoryResultReader(() => readings.shift() ?? []),
    replies,
    readings,
  };
}
