"use client";

import { GitBranch } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { formatClock, formatCount, formatDay } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import { Tag } from "@/components/ui/Tag";
import type { Check } from "../lake-types";
import { type BranchRow, distanceWords } from "./prepare-branches";

export type BranchListProps = {
  rows: BranchRow[];
  picked: string | null;
  onPick: (name: string) => void;
  /** The check that ran last on the branch that is picked. */
  check: Check | null;
};

/** The branches with the three steps of each: written, audited, published. */
export function BranchList({ rows, picked, onPick, check }: BranchListProps) {
  return (
    <ul>
      {rows.map((row) => {
        const isPicked = row.name === picked;
        return (
          <li
            className={classNames(
              "border-line border-b px-3 py-1.5",
              isPicked && "bg-select shadow-[inset_3px_0_0_var(--accent)]",
            )}
            key={row.name}
          >
            <p className="flex items-center gap-2">
              <GitBranch aria-hidden="true" className="shrink-0 text-ink-2" size={13} />
              <button
                aria-pressed={isPicked}
                className="link min-w-0 truncate font-mono"
                onClick={() => onPick(row.name)}
                type="button"
              >
                {row.name}
              </button>
              {row.name === "main" && <Tag kind="strong">protected</Tag>}
              <span className="ml-auto shrink-0 text-12 text-ink-2">
                {row.head === null ? "older than what is listed" : `version ${row.head.version}`},{" "}
                {distanceWords(row)}
              </span>
            </p>
            <Steps check={check?.branch === row.name ? check : null} row={row} />
          </li>
        );
      })}
    </ul>
  );
}

/** `21 Nov 17:29`. */
const shortInstant = (at: Date): string =>
  `${formatDay(at).replace(/ \d{4}$/, "")} ${formatClock(at).slice(0, 5)}`;

function Steps({ row, check }: { row: BranchRow; check: Check | null }) {
  const isChecked = check !== null && check.snapshotId === row.snapshotId;
  return (
    <p className="mt-1 grid grid-cols-3 gap-2 text-12">
      <StateGlyph
        label={row.head === null ? "Written" : `Written ${shortInstant(row.head.committedAt)}`}
        state="succeeded"
      />
      {isChecked ? (
        <StateGlyph
          label={check.passed ? "Audited, passed" : `Audited, ${formatCount(check.failingRows, "row")} found`}
          state={check.passed ? "succeeded" : "failed"}
        />
      ) : (
        <StateGlyph label="Not audited here" state="waiting" />
      )}
      <Published row={row} />
    </p>
  );
}

function Published({ row }: { row: BranchRow }) {
  if (row.publishedAt !== null) {
    return <StateGlyph label={`Published ${shortInstant(row.publishedAt)}`} state="succeeded" />;
  }
  if (row.state === "behind") return <StateGlyph label="Publish blocked" state="blocked" />;
  return (
    <StateGlyph label={row.state === "ahead" ? "Publish waits" : "Nothing to publish"} state="waiting" />
  );
}
