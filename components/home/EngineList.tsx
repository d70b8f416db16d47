import Link from "next/link";
import type { EnginesSummary } from "@/components/shell/prepare-engines";
import { StateGlyph } from "@/components/ui/StateGlyph";

/** The engines in short, with a way to the status page. */
export function EngineList({ workspace, summary }: { workspace: string; summary: EnginesSummary | null }) {
  return (
    <div className="px-3 py-2">
      <p className="text-ink-2">{summary?.headline ?? "Reading the engines."}</p>
      <ul className="mt-1">
        {summary?.rows.map((row) => (
          <li className="flex items-center gap-2 border-line border-b py-1" key={row.key}>
            <span className="flex-1">
              {row.label} {row.version && <span className="text-12 text-ink-2">{row.version}</span>}
            </span>
            <StateGlyph state={row.status} />
          </li>
        ))}
      </ul>
      <Link className="link mt-2 inline-block" href={`/${workspace}/status`}>
        Open Status
      </Link>
    </div>
  );
}
