import Link from "next/link";
import { formatInstant, formatNumber } from "@/components/ui/format";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { ConnectionSummary } from "@/domain/sources/connection-view";
import { worstOf } from "../sync/prepare-history";
import { roughAge } from "./prepare-connections";

const CELL = "border-line border-b px-3 py-1.5 align-middle";
const HEADS: [string, string][] = [
  ["Connection", "text-left"],
  ["Streams", "text-right"],
  ["Last sync", "text-left"],
  ["Rows committed", "text-right"],
  ["Lag", "text-right"],
  ["Next sync", "text-left"],
];
const PLACEHOLDERS = ["one", "two", "three"];

/** What came last and what comes next, of every connection. */
export function ConnectionTable({
  workspace,
  connections,
}: {
  workspace: string;
  /** Null while the list loads. */
  connections: ConnectionSummary[] | null;
}) {
  return (
    <table className="w-full text-left">
      <thead className="sticky top-0 z-10 bg-panel text-12 text-ink-2">
        <tr>
          {HEADS.map(([head, align]) => (
            <th
              className={`border-line-2 border-b px-3 py-1.5 font-semibold ${align}`}
              key={head}
              scope="col"
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {connections === null &&
          PLACEHOLDERS.map((key) => (
            <tr key={key}>
              <td className={CELL} colSpan={HEADS.length}>
                <span className="block h-4 w-2/3 bg-sunken" />
              </td>
            </tr>
          ))}
        {connections?.map((one) => (
          <tr className="hover:bg-hover" key={one.name}>
            <th className={`${CELL} max-w-0 font-normal`} scope="row">
              <Link
                className="link block truncate font-semibold"
                href={`/${workspace}/sources/${encodeURIComponent(one.name)}`}
                title={one.name}
              >
                {one.name}
              </Link>
              <code className="block truncate text-12 text-ink-2">
                {one.connector}
                {one.connectorVersion === null ? "" : ` ${one.connectorVersion}`}
              </code>
            </th>
            <td className={`${CELL} text-right`}>{one.streamCount}</td>
            <td className={CELL}>
              <LastSync connection={one} />
            </td>
            <td className={`${CELL} text-right`}>
              {one.lastSync === null ? <Nothing /> : formatNumber(one.lastSync.rowsCommitted)}
            </td>
            <td className={`${CELL} whitespace-nowrap text-right`}>
              {one.lagSeconds === null ? (
                <Nothing />
              ) : (
                <span className={one.isLate ? "text-warn" : ""}>{roughAge(one.lagSeconds)}</span>
              )}
            </td>
            <td className={CELL}>
              <NextSync connection={one} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const Nothing = () => <em className="text-ink-3">null</em>;

function LastSync({ connection: { lastSync, status } }: { connection: ConnectionSummary }) {
  if (lastSync === null) {
    return (
      <span className="text-ink-2">{status === "draft" ? "a draft, never synced" : "never synced"}</span>
    );
  }
  return (
    <span className="flex flex-col">
      <span>
        <StateGlyph label={`sync ${lastSync.number}`} state={worstOf(lastSync)} />{" "}
        <span className="text-12 text-ink-2">
          <RelativeTime at={lastSync.endedAt ?? lastSync.createdAt} />
        </span>
      </span>
      {lastSync.error && (
        <span className="max-w-[48ch] truncate text-12 text-ink-2" title={lastSync.error.message}>
          {lastSync.error.message}
        </span>
      )}
    </span>
  );
}

function NextSync({ connection: { status, schedule, nextRunAt } }: { connection: ConnectionSummary }) {
  if (status === "paused") return <span className="text-ink-2">paused</span>;
  if (nextRunAt === null) return <span className="text-ink-2">by hand</span>;
  return (
    <span className="flex flex-col">
      <span className="whitespace-nowrap">{formatInstant(nextRunAt)}</span>
      {schedule !== null && <span className="text-12 text-ink-2">{schedule.words}</span>}
    </span>
  );
}
