import { rm } from "node:fs/promises";
import { join } from "node:path";
import { forgetSpool } from "./spool-index";

/** Where the rows of a run lie. Results are kept by workspace, so that none is read in another. */
export const resultFolder = (resultsDir: string, { workspaceId, id }: { workspaceId: string; id: string }) =>
  join(resultsDir, workspaceId, "queries", id);

/** Removes the rows of a run, and the views of them. */
export async function removeResult(folder: string): Promise<void> {
  forgetSpool(folder);
  await rm(folder, { recursive: true, force: true });
}
