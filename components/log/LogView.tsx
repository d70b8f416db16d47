"use client";

import { Copy, Download } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/Button";
import { FailurePanel } from "@/components/ui/FailurePanel";
import { CONTROL_CLASS } from "@/components/ui/Field";
import type { ShownFailure } from "@/components/ui/failure-of";
import { formatCount, formatNumber } from "@/components/ui/format";
import { Panel, PanelBar } from "@/components/ui/Panel";
import { saveTextFile } from "@/components/ui/save-text-file";
import { toastDone } from "@/components/ui/toast";
import { LogLines } from "./LogLines";
import type { LogLine } from "./log-line";
import { LOG_CAP, LOG_LEVELS, type LogLevel, logText, prepareLog } from "./prepare-log";

export type LogViewProps<Line extends LogLine> = {
  /** Whose log it is: a task, a stream. */
  name: string;
  lines: Line[];
  failure: ShownFailure | null;
  isLoading: boolean;
  isTruncated: boolean;
  /** The numbers of the attempts so far. */
  attempts: number[];
  /** Why there is nothing, where nothing was written. */
  emptyText: string;
  /** Stands above the lines, for example the first error of the last failed attempt. */
  above?: (firstError: Line | null) => ReactNode;
  /** Stands behind the controls. */
  actions?: ReactNode;
};

const levelText = (level: LogLevel): string => {
  if (level === "debug") return "All levels";
  return level === "error" ? "Errors only" : `${level} and above`;
};

/** A log: follows, finds, filters, copies, downloads. Mount it anew for another log. */
export function LogView<Line extends LogLine>(props: LogViewProps<Line>) {
  const { name, lines, failure, isLoading, isTruncated, attempts, emptyText, above, actions } = props;
  const [find, setFind] = useState("");
  const [atLeast, setAtLeast] = useState<LogLevel>("debug");
  const [attempt, setAttempt] = useState<number | null>(null);
  const [isFollowing, setFollowing] = useState(true);
  const scroller = useRef<HTMLDivElement>(null);
  const followId = useId();
  const prepared = prepareLog(lines, { find, atLeast, attempt });
  const count = prepared.lines.length;
  const isFiltered = find !== "" || prepared.hidden > 0;
  useEffect(() => {
    // The scroll position of the log: its end, while it is followed. Lines get their height once they are seen.
    const element = scroller.current;
    const content = element?.firstElementChild ?? null;
    if (!isFollowing || count === 0 || element === null || content === null) return;
    const grown = new ResizeObserver(() => element.scrollTo({ top: element.scrollHeight }));
    grown.observe(content);
    return () => grown.disconnect();
  }, [isFollowing, count]);

  return (
    <Panel bodyClassName="flex flex-col" isLoading={isLoading} label={`Log of ${name}`}>
      <PanelBar
        actions={
          <>
            <input
              aria-label="Find in log"
              className={`${CONTROL_CLASS} !w-28`}
              onChange={(event) => setFind(event.target.value)}
              placeholder="Find in log"
              type="search"
              value={find}
            />
            <select
              aria-label="Levels"
              className={`${CONTROL_CLASS} !w-auto max-w-28`}
              onChange={(event) => setAtLeast(event.target.value as LogLevel)}
              value={atLeast}
            >
              {LOG_LEVELS.map((level) => (
                <option key={level} value={level}>
                  {levelText(level)}
                </option>
              ))}
            </select>
            {attempts.length > 1 && (
              <select
                aria-label="Attempts"
                className={`${CONTROL_CLASS} !w-auto max-w-28`}
                onChange={(event) =>
                  setAttempt(event.target.value === "" ? null : Number(event.target.value))
                }
                value={attempt ?? ""}
              >
                <option value="">All attempts</option>
                {attempts.map((one) => (
                  <option key={one} value={one}>
                    Attempt {one}
                  </option>
                ))}
              </select>
            )}
            <label className="flex items-center gap-1" htmlFor={followId}>
              <input
                checked={isFollowing}
                id={followId}
                onChange={(event) => setFollowing(event.target.checked)}
                type="checkbox"
              />
              Follow
            </label>
            <Button
              aria-label="Copy log"
              icon={<Copy aria-hidden="true" size={13} />}
              kind="quiet"
              onClick={() =>
                void navigator.clipboard
                  .writeText(logText(prepared.lines))
                  .then(() => toastDone("Log copied"))
              }
            />
            <Button
              aria-label="Download log"
              icon={<Download aria-hidden="true" size={13} />}
              kind="quiet"
              onClick={() => saveTextFile(`${name}.log`, logText(prepared.lines), "text/plain")}
            />
            {actions}
          </>
        }
        className="flex-wrap py-0.5 [&>span]:flex-wrap"
        meta={logMeta(count, prepared.hidden, isTruncated)}
      >
        {name}, log
      </PanelBar>
      {failure && <FailurePanel failure={failure} stillTrue="Lines read before stay below." />}
      {above?.(prepared.firstError)}
      <LogLines
        emptyText={emptyOf(isLoading, isFiltered, emptyText)}
        label={`Log lines of ${name}`}
        lines={prepared.lines}
        onScrolledAway={() => setFollowing(false)}
        scroller={scroller}
      />
    </Panel>
  );
}

function logMeta(count: number, hidden: number, isTruncated: boolean): string {
  const parts = [formatCount(count, "line")];
  if (hidden > 0) parts.push(`${formatNumber(hidden)} hidden by the filter`);
  if (isTruncated) parts.push(`only the last ${formatNumber(LOG_CAP)} are kept here`);
  return parts.join(", ");
}

function emptyOf(isLoading: boolean, isFiltered: boolean, otherwise: string): string {
  if (isLoading) return "Reading the log";
  return isFiltered ? "No line passes the filter." : otherwise;
}
