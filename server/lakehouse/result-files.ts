import { createHash } from "node:crypto";
import { access, mkdir, readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";

const KEPT = 50;

export type ResultKind = "diffs" | "checks";

/** A name for what a result depends on: equal parts give equal names. */
export const resultId = (parts: unknown[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);

/** Results are kept by workspace, so that none is read in another. */
export const resultPath = (resultsDir: string, workspaceId: string, kind: ResultKind, id: string): string =>
  join(resultsDir, workspaceId, kind, `${id}.parquet`);

/** Makes the result unless it is there, and lets the oldest of its kind go. */
export async function keepResult(path: string, make: (path: string) => Promise<unknown>): Promise<void> {
  const now = new Date();
  if (await resultExists(path)) {
    await utimes(path, now, now);
    return;
  }
  const folder = join(path, "..");
  await mkdir(folder, { recursive: true });
  await make(path);
  await forgetOldest(folder);
}

export const resultExists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function forgetOldest(folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".parquet"));
  if (files.length <= KEPT) return;
  const aged = await Promise.all(
    files.map(async (name) => {
      const path = join(folder, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
      return { path, mtimeMs };
    }),
  );
  const oldest = aged.sort((a, b) => b.mtimeMs - a.mtimeMs).slice(KEPT);
  await Promise.all(oldest.map(({ path }) => rm(path, { force: true })));
}
