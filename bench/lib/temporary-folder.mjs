import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onCleanup } from "./cleanup.mjs";

/**
 * A folder that is removed at the end. Its path is short (Ray's sockets) and others may pass through it (PostgreSQL runs
 * as another user where this process is root).
 */
export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), "bwb-"));
  await chmod(path, 0o755);
  const remove = onCleanup(() => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  return { path, remove };
}
