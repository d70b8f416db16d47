import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { compileView } from "../../../domain/query/compile/compile-view";
import { ResultView } from "../../../domain/query/result-view";
import { requireRole } from "../../workspaces/index";
import type { QueryScope } from "../query-scope";
import { gone } from "../results/spool-index";
import { resultGuard } from "../runs/result-guard";
import { RunInput } from "../views";
import { completeResult, keptView, orderFile, readerOf, viewFile, viewsFolder } from "./kept-result";

/** Views that are kept of one result; the oldest are let go. */
const MOST_VIEWS = 20;

export const ViewId = z.string().regex(/^[0-9a-f]{32}$/);
export const OpenViewInput = RunInput.extend({ view: ResultView });
export const OpenViewResult = z.object({ viewId: ViewId, rows: z.number() });

/** Sorts, filters or searches a result that is complete; its rows are then read by the view's id. */
export async function openView(
  scope: QueryScope,
  { id, view }: z.infer<typeof OpenViewInput>,
  signal?: AbortSignal,
): Promise<z.infer<typeof OpenViewResult>> {
  requireRole(scope, "viewer");
  const { folder, columns } = await completeResult(scope, id);
  const sql = compileView(view, columns);
  const viewId = createHash("sha256").update(sql).digest("hex").slice(0, 32);
  const kept = await keptView(folder, viewId).catch(() => null);
  if (kept !== null) return { viewId, rows: kept.rows };
  await requireRoom(scope, folder);
  await makeViewsFolder(folder);
  const { rows } = await readerOf(scope).order({ result: folder }, sql, orderFile(folder, viewId), {
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    const draft = `${viewFile(folder, viewId)}.${randomUUID()}.new`;
    await writeFile(draft, JSON.stringify({ view, rows }));
    await rename(draft, viewFile(folder, viewId));
    await forgetOldestViews(viewsFolder(folder));
  } catch (error) {
    throw gone(error);
  }
  return { viewId, rows };
}

/** Never makes the folder of a result that is let go meanwhile. */
async function makeViewsFolder(folder: string): Promise<void> {
  try {
    await mkdir(viewsFolder(folder));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw gone(error);
  }
}

/** An order takes 8 bytes a row. Failures: `resource_exhausted`. */
async function requireRoom({ queryLimits }: QueryScope, folder: string): Promise<void> {
  const guard = resultGuard(queryLimits, folder);
  await guard.lookAtDisk();
  guard.signal.throwIfAborted();
}

async function forgetOldestViews(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  if (names.length <= MOST_VIEWS) return;
  const aged = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  for (const { name } of aged.sort((a, b) => b.at - a.at).slice(MOST_VIEWS)) {
    await rm(join(folder, name), { force: true });
    await rm(join(folder, name.replace(/json$/, "order")), { force: true });
  }
}
