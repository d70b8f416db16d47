"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/components/trpc";
import { RelativeTime } from "@/components/ui/RelativeTime";

/** Pipelines that are edited and not activated; nothing where there are none. */
export function DraftList({ workspace }: { workspace: string }) {
  const trpc = useTRPC();
  const drafts = useQuery(trpc.pipelines.drafts.queryOptions({ workspace }));
  if (drafts.data === undefined || drafts.data.length === 0) return null;
  return (
    <section aria-label="Drafts" className="border-line border-t px-3 py-2">
      <h2 className="mb-1 font-semibold text-title">Drafts</h2>
      <ul>
        {drafts.data.map(({ pipelineId, activeVersion, by, at }) => (
          <li className="flex items-baseline gap-3 py-0.5" key={pipelineId}>
            <Link
              className="link font-mono"
              href={`/${workspace}/pipelines/${encodeURIComponent(pipelineId)}`}
              prefetch={false}
            >
              {pipelineId}
            </Link>
            <span className="text-12 text-ink-2">
              {activeVersion === null ? "never activated" : `changes version ${activeVersion}`}, saved by {by}{" "}
              <RelativeTime at={at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
