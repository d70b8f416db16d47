import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

const NAME = /^(\d+)-[0-9a-f-]{36}$/;

export type TempFolders = {
  /** A folder for the intermediate data of one statement; `remove` when it has ended, however it did. */
  make(): Promise<{ path: string; remove(): Promise<void> }>;
};

/** Folders named by this process: what one that was killed left behind is removed by the next one. */
export function tempFolders(root: string): TempFolders {
  let cleaned: Promise<void> | undefined;
  return {
    async make() {
      cleaned ??= removeLeftOvers(root);
      await cleaned;
      const path = join(root, `${process.pid}-${randomUUID()}`);
      await mkdir(path, { recursive: true, mode: 0o700 });
      return { path, remove: () => rm(path, { recursive: true, force: true }) };
    },
  };
}

async function removeLeftOvers(root: string): Promise<void> {
  const names = await readdir(root).catch(() => []);
  const dead = names.filter((name) => {
    const owner = Number(NAME.exec(name)?.[1]);
    return owner > 0 && owner !== process.pid && !isAlive(owner);
  });
  await Promise.all(dead.map((name) => rm(join(root, name), { recursive: true, force: true })));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
