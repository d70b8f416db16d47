"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useWorkbench } from "@/components/shell/workbench";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { formatInstant } from "@/components/ui/format";
import { NoAccess } from "./NoAccess";
import { prepareAuditDetail } from "./prepare-audit-detail";
import { QueryState } from "./QueryState";
import { CELL, SettingsTable } from "./SettingsTable";

/** What was done in the workspace, newest first. */
export function AuditSection() {
  const { workspace } = useWorkbench();
  const trpc = useTRPC();
  const isAdmin = workspace.role === "admin";
  const audit = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { workspace: workspace.slug, limit: 50 },
      { enabled: isAdmin, getNextPageParam: (page) => page.nextCursor },
    ),
  );
  if (!isAdmin) return <NoAccess role={workspace.role} what="the audit log" />;
  const lines = audit.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <QueryState query={audit} />
      {audit.isSuccess && lines.length === 0 && <EmptyState title="Nothing has been done here yet." />}
      {lines.length > 0 && (
        <SettingsTable heads={["When (UTC)", "Who", "What", "On", "Facts"]}>
          {lines.map((line) => (
            <tr key={line.id}>
              <td className={`${CELL} whitespace-nowrap`}>{formatInstant(line.at)}</td>
              <td className={CELL}>{line.actorName}</td>
              <td className={CELL}>
                <code>{line.action}</code>
              </td>
              <td className={CELL}>{line.target}</td>
              <td className={`${CELL} text-12 text-ink-2`}>{prepareAuditDetail(line.detail)}</td>
            </tr>
          ))}
        </SettingsTable>
      )}
      {audit.hasNextPage && (
        <div className="p-3">
          <Button busy={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
            Show older lines
          </Button>
        </div>
      )}
    </>
  );
}
