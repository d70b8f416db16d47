import type { PreparedSql, PrepareInput, SqlLanguage } from "../../../domain/ports/sql-language";
import { Failure } from "../../../domain/shared/failure";
import { workerPool } from "./worker-pool";

export type SqlLanguageOptions = {
  /** Interpreter of the lake's environment, and the folder of the package `workbench_query`. */
  python: string;
  packageDir: string;
  /** Processes at most. */
  processes?: number;
  /** After this a statement is given up, and its process ended. */
  timeoutMs?: number;
};

/** Longer statements are not sent. The program itself refuses from fewer characters on, with the number that it takes. */
const MOST_CHARACTERS = 2_000_000;

/** Understands statements through Python processes that have read their first one before they are asked. */
export function pythonSqlLanguage(options: SqlLanguageOptions): SqlLanguage {
  const { python, packageDir, processes = 2, timeoutMs = 10_000 } = options;
  const pool = workerPool({ python, packageDir, role: "language", processes, requestsPerProcess: 1 });
  return {
    async prepare(input: PrepareInput, signal?: AbortSignal): Promise<PreparedSql> {
      if (input.sql.length > MOST_CHARACTERS) {
        throw new Failure("resource_exhausted", "The statement is too long.", {
          hint: "Load long lists of values as a table and join it.",
        });
      }
      return (await pool.request("prepare", { ...input }, { signal, timeoutMs })) as PreparedSql;
    },
    close: () => pool.close(),
  };
}
