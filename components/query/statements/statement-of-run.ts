import type { QueryRun } from "@/domain/query/query-run";
import type { ShownStatement, Statement } from "./statement";

/** A run of the past, or one that goes on, as a result tab. */
export function statementOfRun(
  run: QueryRun,
  at: Pick<Statement, "key" | "draftId" | "number">,
): ShownStatement {
  const { sql, dialect, parameters, status, savedQuery, placement, createdAt } = run;
  return {
    ...at,
    ...{ sql, dialect, parameters, savedQuery, status, run },
    engine: placement.chosen === "by_user" ? placement.engine : "auto",
    previewOf: null,
    failure: null,
    askedAt: createdAt.getTime(),
  };
}
