/** Bytes that grow on disk, out of the page's memory. */
export type DiskFile = {
  write: (block: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** The whole file, still on disk. */
  end: () => Promise<Blob>;
  remove: () => Promise<void>;
};

const FOLDER = "exports";

/** A file in the browser's own file system; null where the browser has none, as in a private window of some. */
export async function openDiskFile(name: string): Promise<DiskFile | null> {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(FOLDER, { create: true });
    const handle = await folder.getFileHandle(name, { create: true });
    const output = await handle.createWritable();
    return {
      write: (block) => output.write(block),
      async end() {
        await output.close();
        return handle.getFile();
      },
      async remove() {
        await output.abort().catch(() => undefined);
        await folder.removeEntry(name).catch(() => undefined);
      },
    };
  } catch {
    return null;
  }
}

/** What an earlier page left behind. */
export async function removeOldFiles(): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(FOLDER, { recursive: true });
  } catch {
    // There was nothing, or a download still reads it.
  }
}
