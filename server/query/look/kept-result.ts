import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ResultReader } from "../../../domain/ports/result-reader";
import { ResultView } from "../../../domain/query/result-view";
import { Failure } from "../../../domain/shared/failure";
import { isFinal } from "../../../domain/shared/is-final";
import type { QueryScope } from "../query-scope";
import { resultFolder } from "../results/result-folder";
import { readSummary, type SpoolSummary } from "../results/spool-reader";
import { visibleRun } from "../runs/own-run";

export type KeptResultOf = SpoolSummary & { folder: string };

/** The folder of a result whose rows this person may read. Failures: `not_found`. */
export async function readableFolder(scope: QueryScope, id: string): Promise<string> {
  const run = await visibleRun(scope, id);
  if (run.placement.engine === "browser")
    throw new Failure("not_found", "The rows of this statement were in a browser alone.", {
      hint: "Run it again.",
    });
  return resultFolder(scope.resultsDir, run);
}

/** A result whose statement has ended. Failures: `not_found`, `conflict` while it still runs. */
export async function completeResult(scope: QueryScope, id: string): Promise<KeptResultOf> {
  const folder = await readableFolder(scope, id);
  const live = scope.running.find(id);
  const summary = live !== null && !isFinal(live.status) ? null : await readSummary(folder);
  if (summary?.isComplete) return { ...summary, folder };
  throw new Failure("conflict", "The statement still runs; its rows are not all there.", {
    retryable: true,
    hint: "Wait until it has ended.",
  });
}

/** Failures: `engine_unavailable` where there is no Python. */
export function readerOf({ resultReader }: QueryScope): ResultReader {
  if (resultReader !== null) return resultReader;
  throw new Failure("engine_unavailable", "Results cannot be searched and exported: Python was not found.", {
    hint: "Install Python 3.11 to 3.13 and start again.",
  });
}

export const viewsFolder = (folder: string): string => join(folder, "views");
export const orderFile = (folder: string, viewId: string): string =>
  join(viewsFolder(folder), `${viewId}.order`);
export const viewFile = (folder: string, viewId: string): string =>
  join(viewsFolder(folder), `${viewId}.json`);

/** Failures: `not_found`. */
export async function keptView(folder: string, viewId: string): Promise<{ view: ResultView; rows: number }> {
  try {
    const { view, rows } = JSON.parse(await readFile(viewFile(folder, viewId), "utf8"));
    return { view: ResultView.parse(view), rows: Number(rows) };
  } catch (cause) {
    throw new Failure("not_found", "This view of the result is not kept any longer.", {
      hint: "Sort or filter the result again.",
      cause,
    });
  }
}
