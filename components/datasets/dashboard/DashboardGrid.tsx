"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/components/trpc";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { failureOf } from "@/components/ui/failure-of";
import { LoadingBar } from "@/components/ui/LoadingBar";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { DashboardItem } from "@/domain/datasets/dashboard-content";
import { ReportBlocks } from "../blocks/ReportBlocks";
import { dataSetHref } from "../data-set-href";

const SPANS: Record<DashboardItem["width"], string> = {
  third: "room:col-span-2",
  half: "room:col-span-3",
  full: "room:col-span-6",
};

/** Blocks of reports side by side; on a narrow page one below the other. */
export function DashboardGrid({ workspace, items }: { workspace: string; items: DashboardItem[] }) {
  return (
    <div className="grid grid-cols-1 items-start gap-3 p-3 room:grid-cols-6">
      {items.map((item, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same block may stand twice
        <div className={`min-w-0 ${SPANS[item.width]}`} key={`${place} ${item.report} ${item.block}`}>
          <Item item={item} workspace={workspace} />
        </div>
      ))}
    </div>
  );
}

function Item({ workspace, item }: { workspace: string; item: DashboardItem }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.reports.get.queryOptions({ workspace, name: item.report }, { retry: false }));
  if (query.isError)
    return <FailurePanel failure={{ ...failureOf(query.error), hint: "It may not be published yet." }} />;
  if (query.data === undefined)
    return (
      <div className="relative h-[120px] border border-line">
        <LoadingBar label="Reading the report" />
      </div>
    );
  const { content, version, publishedVersion } = query.data;
  const isAbsent = item.block !== undefined && content.blocks[item.block] === undefined;
  return (
    <section aria-label={content.title}>
      <p className="mb-1 flex flex-wrap items-center gap-x-2 text-12 text-ink-2">
        <Link className="link" href={dataSetHref(workspace, { kind: "report", name: item.report })}>
          {content.title}
        </Link>
        version {version}
        {publishedVersion === null && (
          <StateGlyph label="a draft, others see nothing of it" state="waiting" />
        )}
      </p>
      {isAbsent ? (
        <p className="border border-line p-3">
          <StateGlyph label={`Version ${version} has no block ${(item.block ?? 0) + 1}.`} state="warning" />
        </p>
      ) : (
        <ReportBlocks
          blocks={content.blocks}
          only={item.block ?? null}
          report={item.report}
          version={version}
          workspace={workspace}
        />
      )}
    </section>
  );
}
