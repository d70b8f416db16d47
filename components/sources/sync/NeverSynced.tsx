"use client";

import { RefreshCw } from "lucide-react";
import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { formatCount } from "@/components/ui/format";
import type { ConnectionView } from "@/domain/sources/connection-view";

export type NeverSyncedProps = {
  connection: ConnectionView;
  isStarting: boolean;
  whyNotStart: string | null;
  onStart: () => void;
};

/** A connection that has brought nothing yet: what it will bring, and where to. */
export function NeverSynced({ connection, isStarting, whyNotStart, onStart }: NeverSyncedProps) {
  const { tables, status, nextRunAt, schedule } = connection;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-panel">
      <EmptyState
        action={
          <Button
            busy={isStarting}
            disabledReason={whyNotStart}
            icon={<RefreshCw aria-hidden="true" size={13} />}
            kind="primary"
            onClick={onStart}
          >
            Sync for the first time
          </Button>
        }
        title={
          status === "draft"
            ? "This connection is a draft: nothing runs it."
            : "This connection has never synced."
        }
      >
        {tables.length > 0 && `It will bring ${formatCount(tables.length, "stream")} into the tables below. `}
        {nextRunAt !== null && schedule !== null && `By the clock it begins ${schedule.words}.`}
      </EmptyState>
      {tables.length > 0 && (
        <ul className="border-line border-t">
          {tables.map((table) => (
            <li className="truncate border-line border-b px-3 py-1 font-mono text-12" key={table}>
              {table}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
