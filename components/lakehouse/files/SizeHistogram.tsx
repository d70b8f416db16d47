import { formatBytes, formatNumber } from "@/components/ui/format";
import type { SizeBin } from "./prepare-sizes";

/** How many files are of which size; small ones are the ones that compaction joins. */
export function SizeHistogram({ bins }: { bins: SizeBin[] }) {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  return (
    <ul aria-label="Files per size in MiB" className="grid grid-cols-6 gap-2 px-3 pt-2 pb-2">
      {bins.map((bin) => (
        <li className="flex flex-col items-center text-11 text-ink-2" key={bin.label}>
          <span className="flex h-[128px] w-full flex-col items-center justify-end border-line border-b">
            <span className="font-semibold text-ink">{formatNumber(bin.count)}</span>
            <span
              aria-hidden="true"
              className={`w-4/5 ${bin.isSmall ? "bg-ctl" : "bg-line-2"}`}
              style={{ height: `${(bin.count / most) * 100}px`, minHeight: bin.count > 0 ? 2 : 0 }}
            />
          </span>
          <span className="mt-1 whitespace-nowrap">{bin.label}</span>
          <span className="whitespace-nowrap text-ink-3">
            {bin.count === 0 ? "" : formatBytes(bin.bytes)}
          </span>
        </li>
      ))}
    </ul>
  );
}
