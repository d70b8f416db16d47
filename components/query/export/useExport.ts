"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { failureOf, type ShownFailure } from "@/components/ui/failure-of";
import type { ExportFormat, ResultSource } from "../results/result-source";
import { openDiskFile, removeOldFiles } from "./disk-file";
import { receiveFile } from "./receive-file";

export const FILE_ENDINGS: Record<ExportFormat, string> = {
  csv: "csv",
  json: "ndjson",
  parquet: "parquet",
  arrow: "arrows",
};

export type ExportState =
  | { kind: "idle" }
  | { kind: "running"; format: ExportFormat; bytes: number }
  | { kind: "saved"; format: ExportFormat; fileName: string; bytes: number | null }
  | { kind: "failed"; format: ExportFormat; failure: ShownFailure };

export type Export = {
  state: ExportState;
  start: (source: ResultSource, format: ExportFormat, name: string) => Promise<void>;
  cancel: () => void;
  dismiss: () => void;
};

/** How long a saved file stays on disk for the browser to take it over. */
const TAKEN_OVER_MS = 10 * 60_000;

/** Saves all rows of a result as a file. It is gathered on disk first, so that only a whole one is saved. */
export function useExport(): Export {
  const [state, setState] = useState<ExportState>({ kind: "idle" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => {
    // Files of pages that are gone take room on the disk.
    void removeOldFiles();
    return () => running.current?.abort();
  }, []);

  const start = useCallback(async (source: ResultSource, format: ExportFormat, name: string) => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    const fileName = `${name}.${FILE_ENDINGS[format]}`;
    const tell = (next: ExportState) => {
      if (running.current === control) setState(next);
    };
    tell({ kind: "running", format, bytes: 0 });
    try {
      const bytes = await save(source, format, fileName, control.signal, (sofar) =>
        tell({ kind: "running", format, bytes: sofar }),
      );
      tell({ kind: "saved", format, fileName, bytes });
    } catch (error) {
      tell(control.signal.aborted ? { kind: "idle" } : { kind: "failed", format, failure: failureOf(error) });
    }
  }, []);

  return {
    state,
    start,
    cancel: () => running.current?.abort(),
    dismiss: () => setState({ kind: "idle" }),
  };
}

/** Gives the bytes of the file; null where the browser itself reads it from the server. */
async function save(
  source: ResultSource,
  format: ExportFormat,
  fileName: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<number | null> {
  const { url, release } = await source.exportAs(format, signal);
  if (url.startsWith("blob:")) {
    download(url, fileName);
    setTimeout(release, TAKEN_OVER_MS);
    return null;
  }
  const file = await openDiskFile(`${crypto.randomUUID()}-${fileName}`);
  if (file === null) {
    download(url, fileName);
    release();
    return null;
  }
  try {
    const blob = await receiveFile(await fetch(url, { signal }), file, ({ bytes }) => onBytes(bytes));
    const saved = URL.createObjectURL(blob);
    download(saved, fileName);
    setTimeout(() => {
      URL.revokeObjectURL(saved);
      void file.remove();
    }, TAKEN_OVER_MS);
    return blob.size;
  } catch (error) {
    await file.remove();
    throw error;
  } finally {
    release();
  }
}

function download(url: string, fileName: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
}
