import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { formatClock, formatCount, formatNumber } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { ConnectionView } from "@/domain/sources/connection-view";
import type { SyncView } from "@/domain/sources/sync-view";
import { whatReadersSee } from "./prepare-figures";
import { worstOf } from "./prepare-history";

export type SyncEvidenceProps = {
  connection: ConnectionView;
  sync: SyncView | null;
  isPolling: boolean;
  now: Date;
};

/** What readers of the tables see now, and where the figures come from. */
export function SyncEvidence({ connection, sync, isPolling, now }: SyncEvidenceProps) {
  const facts: { key: string; text: React.ReactNode }[] = [];
  if (isPolling) {
    facts.push({
      key: "link",
      text: <StateGlyph label="live updates interrupted, read every 3 s" state="stale" />,
    });
  }
  if (sync !== null) {
    facts.push(
      { key: "rows", text: `${formatNumber(sync.rows)} read, ${formatNumber(sync.rowsCommitted)} committed` },
      { key: "version", text: `document version ${sync.connectionVersion}` },
    );
  }
  facts.push({
    key: "at",
    text: <span suppressHydrationWarning>as of {formatClock(now)}, all times UTC</span>,
  });
  return (
    <EvidenceLine right={facts}>
      {sync === null ? (
        `${formatCount(connection.streamCount, "stream")}, nothing synced yet`
      ) : (
        <>
          <StateGlyph label={`Sync ${sync.number} ${sync.status}.`} state={worstOf(sync)} />
          <span className="hidden room:inline">{whatReadersSee(sync)}</span>
        </>
      )}
    </EvidenceLine>
  );
}
