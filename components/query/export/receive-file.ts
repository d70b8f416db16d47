import { Failure } from "@/domain/shared/failure";
import { responseError } from "../results/source/read-failure";
import type { DiskFile } from "./disk-file";

/** How far an export is: the sum of its bytes is not known before its end. */
export type ExportProgress = { bytes: number };

/** How often the progress is told. */
const TOLD_EVERY_BYTES = 1024 * 1024;

/**
 * Reads a file that is streamed into one on disk. A stream that ends early rejects, so that half a file is never taken for
 * a whole one.
 */
export async function receiveFile(
  response: Response,
  file: Pick<DiskFile, "write" | "end">,
  onProgress: (progress: ExportProgress) => void,
): Promise<Blob> {
  if (!response.ok) throw await responseError(response);
  if (response.body === null) throw new Failure("engine_failed", "The server sent no file.");
  const reader = response.body.getReader();
  let bytes = 0;
  let told = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(brokenOff);
    if (done) break;
    await file.write(value);
    bytes += value.length;
    if (bytes - told < TOLD_EVERY_BYTES) continue;
    told = bytes;
    onProgress({ bytes });
  }
  onProgress({ bytes });
  return file.end();
}

/** The server cannot say why once it has begun to send; a cancelled one says so itself. */
function brokenOff(error: unknown): never {
  if (error instanceof DOMException && error.name === "AbortError") throw error;
  throw new Failure("engine_failed", "The file broke off before its end, so nothing was saved.", {
    hint: "Try again. Where it happens again, filter the result first, or choose another format.",
    cause: error,
  });
}
