import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Column, tableFromIPC } from "@uwdata/flechette";
import type { StatementChecker, StatementReads } from "../../../domain/ports/statement-checker";
import { Failure, type FailureCode, type InputError } from "../../../domain/shared/failure";

type Answer = {
  id: number;
  result?: { reads: StatementReads };
  problem?: { code: FailureCode; message: string; hint?: string; errors?: InputError[] };
};

/** The checker that the app uses, in its own process as there: engines do not import each other. */
export function forkedChecker(): StatementChecker & { close(): void } {
  const path = fileURLToPath(new URL("../duckdb/duckdb-process.ts", import.meta.url));
  const child: ChildProcess = fork(path, [], {
    execArgv: ["--import", "tsx"],
    env: { NODE_ENV: "production" },
  });
  let lastId = 0;
  return {
    check(sql, readable) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const hear = (answer: Answer) => {
          if (answer.id !== id) return;
          child.off("message", hear);
          const { result, problem } = answer;
          if (result !== undefined) resolve(result.reads);
          else reject(new Failure(problem?.code ?? "engine_failed", problem?.message ?? "", problem));
        };
        child.on("message", hear);
        child.send({ id, work: { kind: "check", sql, ...readable } });
      });
    },
    close: () => void child.kill(),
  };
}

/** An Arrow stream as people would see it: bigints and decimals as text, all else as JavaScript has it. */
export function decodeStream(stream: Uint8Array) {
  const table = tableFromIPC(stream, { useBigInt: true, useDecimalInt: true });
  const { fields } = table.schema;
  const columns = table.children.map((column, index) => {
    const { scale = 0 } = (fields[index]?.type ?? {}) as { scale?: number };
    return valuesOf(column, scale);
  });
  return {
    names: fields.map((field) => field.name),
    types: fields.map((field) => field.metadata?.get("benchwright.type")),
    rows: Array.from({ length: table.numRows }, (_, row) => columns.map((column) => column[row])),
  };
}

const valuesOf = (column: Column<unknown>, scale: number): unknown[] =>
  [...column].map((value) => (typeof value === "bigint" ? spelled(value, scale) : value));

function spelled(value: bigint, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
