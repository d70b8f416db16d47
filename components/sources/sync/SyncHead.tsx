"use client";

import { EllipsisVertical, RefreshCw } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/Button";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { Menu, type MenuItem } from "@/components/ui/Menu";
import { PageHead } from "@/components/ui/PageHead";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { Tag } from "@/components/ui/Tag";
import { isFinal } from "@/domain/shared/is-final";
import type { ConnectionView } from "@/domain/sources/connection-view";
import { slotPrefix } from "@/domain/sources/replication-slots";
import type { SyncView } from "@/domain/sources/sync-view";
import { howItBegan } from "./prepare-figures";

export type SyncHeadProps = {
  connection: ConnectionView;
  sync: SyncView | null;
  /** Of the connection's own page, which shows the newest sync. */
  newestHref: string;
  isOld: boolean;
  whyNotAct: string | null;
  whyNotStart: string | null;
  whyNotChange: string | null;
  isStarting: boolean;
  isCancelling: boolean;
  onStart: (refresh: boolean) => void;
  onCancel: () => void;
  onPause: (isPaused: boolean) => void;
  onRemove: () => void;
  isRemoving: boolean;
};

/** Which sync of which connection, how it began, and what can be done. */
export function SyncHead(props: SyncHeadProps) {
  const { connection, sync, whyNotAct, whyNotChange } = props;
  const [asking, setAsking] = useState<"refresh" | "remove" | null>(null);
  const isPaused = connection.status === "paused";
  const items: MenuItem[] = [
    {
      kind: "action",
      key: "pause",
      label: isPaused ? "Resume the schedule" : "Pause the schedule",
      onSelect: () => props.onPause(!isPaused),
    },
    { kind: "line", key: "line" },
    { kind: "action", key: "refresh", label: "Read everything anew", onSelect: () => setAsking("refresh") },
    { kind: "action", key: "remove", label: "Delete the connection", onSelect: () => setAsking("remove") },
  ];
  const more = (
    <Button
      aria-label="More acts"
      disabledReason={whyNotChange}
      icon={<EllipsisVertical aria-hidden="true" size={14} />}
      kind="quiet"
    />
  );
  return (
    <>
      <PageHead
        actions={
          <>
            {sync !== null && !isFinal(sync.status) && (
              <Button
                busy={props.isCancelling}
                disabledReason={whyNotAct}
                kind="danger"
                onClick={props.onCancel}
              >
                Cancel sync
              </Button>
            )}
            <Button
              busy={props.isStarting}
              disabledReason={props.whyNotStart}
              icon={<RefreshCw aria-hidden="true" size={13} />}
              onClick={() => props.onStart(false)}
              title="Sync now (Ctrl Enter)"
            >
              Sync now
            </Button>
            {whyNotChange === null ? <Menu items={items} trigger={more} /> : more}
          </>
        }
        meta={
          <>
            {sync !== null && <StateGlyph label={howItBegan(sync)} state={sync.status} />}
            {isPaused && <Tag kind="warn">schedule paused</Tag>}
            {props.isOld && (
              <Link className="link" href={props.newestHref}>
                Show the newest
              </Link>
            )}
          </>
        }
        title={sync === null ? connection.name : `Sync ${sync.number}`}
      />
      <ConfirmDialog
        actLabel="Read everything anew"
        description="Every stream of it forgets where it stood and is read from the beginning. The rows that are there now stay until the new ones are complete."
        isOpen={asking === "refresh"}
        name={connection.name}
        onClose={() => setAsking(null)}
        onConfirm={() => {
          setAsking(null);
          props.onStart(true);
        }}
        safeLabel="Go on as it is"
        title={`Read ${connection.name} anew?`}
      />
      <ConfirmDialog
        actLabel="Delete connection"
        description={whatRemovalDoes(connection)}
        isBusy={props.isRemoving}
        isOpen={asking === "remove"}
        name={connection.name}
        onClose={() => setAsking(null)}
        onConfirm={props.onRemove}
        title={`Delete ${connection.name}?`}
      />
    </>
  );
}

function whatRemovalDoes({ tables, document }: ConnectionView): string {
  const prefix = slotPrefix(document);
  return [
    "Its schedule ends at once.",
    tablesStay(tables),
    "A connection that is made anew under this name begins a history of its own.",
    ...(prefix === null
      ? []
      : [
          `Its replication slots (${prefix}_…) are dropped at the source, unless another connection reads from them: a connection that is made anew has to read its tables from the beginning.`,
        ]),
  ].join(" ");
}

function tablesStay(tables: readonly string[]): string {
  if (tables.length === 0) return "Tables and their rows stay.";
  const listed = tables.slice(0, 3).join(", ");
  const rest = tables.length > 3 ? ` and ${tables.length - 3} more` : "";
  return `The tables stay, with every row: ${listed}${rest}.`;
}
