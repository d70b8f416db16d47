import type { RefObject } from "react";
import { classNames } from "@/components/ui/class-names";
import { formatClock } from "@/components/ui/format";
import type { LogLine } from "./log-line";

export type LogLinesProps = {
  label: string;
  lines: LogLine[];
  emptyText: string;
  scroller: RefObject<HTMLDivElement | null>;
  /** The person scrolled up, away from the end. */
  onScrolledAway: () => void;
};

const LEVELS: Record<LogLine["level"], string> = {
  debug: "text-ink-3",
  info: "text-ink",
  warn: "text-warn",
  error: "bg-err-wash text-err",
};

export function LogLines({ label, lines, emptyText, scroller, onScrolledAway }: LogLinesProps) {
  return (
    <div
      aria-label={label}
      className="min-h-32 flex-1 overflow-auto bg-sunken py-1 font-mono text-12"
      onKeyDown={(event) => (event.key === "PageUp" || event.key === "Home") && onScrolledAway()}
      // On the bar that scrolls.
      onPointerDown={({ nativeEvent, currentTarget }) =>
        nativeEvent.target === currentTarget &&
        nativeEvent.offsetX >= currentTarget.clientWidth &&
        onScrolledAway()
      }
      onWheel={(event) => event.deltaY < 0 && onScrolledAway()}
      ref={scroller}
      role="log"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <div>
        {lines.length === 0 && <p className="px-3 py-1 font-sans text-13 text-ink-2">{emptyText}</p>}
        {lines.map((line) => (
          <div
            className={classNames(
              "grid grid-cols-[44px_64px_44px_minmax(0,1fr)] gap-2 px-3",
              LEVELS[line.level],
            )}
            key={`${line.attempt}/${line.seq}`}
            style={{ contentVisibility: "auto", containIntrinsicSize: "auto 16px" }}
          >
            <span className="text-right text-ink-2">{line.seq + 1}</span>
            <span className="text-ink-2">{formatClock(line.at)}</span>
            <span>{line.level}</span>
            <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">{textOf(line)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

/** A note of this app begins with its level, which has a column of its own. */
const textOf = ({ level, text }: LogLine): string =>
  text.startsWith(`${level.toUpperCase()} `) ? text.slice(level.length + 1) : text;
