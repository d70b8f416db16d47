import { formatBytes } from "@/components/ui/format";

export type SizeBin = { label: string; count: number; bytes: number; isSmall: boolean };

const MIB = 1024 * 1024;
/** Upper edges; a file below 16 MiB costs a scan more to open than to read. */
const EDGES = [1, 4, 16, 64, 128].map((edge) => edge * MIB);
const SMALL = 16 * MIB;
const LABELS = ["under 1", "1 to 4", "4 to 16", "16 to 64", "64 to 128", "over 128"];

/** How many files are of which size; labels are in MiB. */
export function prepareSizes(files: readonly { bytes: number }[]): SizeBin[] {
  const bins = LABELS.map(
    (label, index): SizeBin => ({
      label,
      count: 0,
      bytes: 0,
      isSmall: (EDGES[index] ?? Number.POSITIVE_INFINITY) <= SMALL,
    }),
  );
  for (const { bytes } of files) {
    const place = EDGES.findIndex((edge) => bytes < edge);
    const bin = bins[place === -1 ? bins.length - 1 : place];
    if (bin === undefined) continue;
    bin.count += 1;
    bin.bytes += bytes;
  }
  return bins;
}

/** The share (0–1) of files under 4 MiB, where compaction is worth a look; null where there are fewer than 8 files. */
export function smallShare(files: readonly { bytes: number }[]): number | null {
  if (files.length < 8) return null;
  return files.filter(({ bytes }) => bytes < 4 * MIB).length / files.length;
}

/** A path below the table's data folder, by which people know a file; the end of it where there is no such folder. */
export const shortPath = (path: string): string =>
  path.includes("/data/") ? (path.split("/data/").at(-1) ?? path) : (path.split("/").at(-1) ?? path);

/** `region=EU, day=2026-11-20`; null stays the word. */
export function partitionWords(partition: Record<string, string | null>): string {
  const parts = Object.entries(partition).map(([name, value]) => `${name}=${value ?? "null"}`);
  return parts.length === 0 ? "not partitioned" : parts.join(", ");
}

/** `mean 6.9 MiB`. */
export const meanSize = (files: readonly { bytes: number }[]): string =>
  files.length === 0
    ? "no file"
    : `mean ${formatBytes(files.reduce((sum, { bytes }) => sum + bytes, 0) / files.length)}`;
