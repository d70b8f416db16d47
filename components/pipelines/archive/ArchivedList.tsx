"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { useArchive } from "./useArchive";

/** Pipelines that were put away. */
export function ArchivedList({ workspace, whyNot }: { workspace: string; whyNot: string | null }) {
  const trpc = useTRPC();
  const { bringBack, bringingBack } = useArchive(workspace);
  const list = useQuery(trpc.pipelines.archived.queryOptions({ workspace }));
  return (
    <section aria-label="Archived" className="border-line border-t px-3 py-2">
      <h2 className="mb-1 font-semibold text-title">Archived</h2>
      {list.isError && <FailurePanel failure={failureOf(list.error)} />}
      {list.data?.length === 0 && <p className="text-ink-2">No pipeline is archived.</p>}
      <ul>
        {list.data?.map(({ pipelineId, name, version, by, at }) => (
          <li className="flex items-center gap-3 py-0.5" key={pipelineId}>
            <Link
              className="link font-semibold [overflow-wrap:anywhere]"
              href={`/${workspace}/pipelines/${encodeURIComponent(pipelineId)}`}
              prefetch={false}
            >
              {name}
            </Link>
            <code className="text-12 text-ink-2">{pipelineId}</code>
            <span className="text-12 text-ink-2">
              {version === null ? "a draft" : `version ${version}`}, archived by {by} <RelativeTime at={at} />
            </span>
            <Button
              aria-label={`Bring back ${name}`}
              busy={bringingBack === pipelineId}
              disabledReason={whyNot}
              onClick={() => bringBack(pipelineId)}
            >
              Bring back
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
