"use client";

import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { HeaderRow } from "@/components/ui/HeaderRow";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { DataSetTabProps } from "../data-set-types";
import { shortVersion } from "../short-version";

const HEADS = ["Version", "Others see it", "Made", "By", "Holds", "(Acts)"] as const;

/** The versions of a data set, newest first, with what may be done with each; of a table, the branches that wait. */
export function VersionList({ dataSet, onVersion, onPublish, whyNotPublish }: DataSetTabProps) {
  const { kind, versions, branches, publishedVersion } = dataSet;
  const isDrafted = kind === "report" || kind === "dashboard";
  if (versions.length === 0) return <EmptyState title="Nothing was written to it yet." />;
  return (
    <table className="w-full">
      <thead className="sticky top-0 z-10 bg-panel text-12 text-ink-2">
        <HeaderRow heads={HEADS} />
      </thead>
      <tbody>
        {versions.map((each) => {
          const isPublished = each.version === publishedVersion;
          const on = branches.filter(({ version }) => version === each.version);
          const waits = on.find((branch) => !branch.isPublished) ?? null;
          const mayPublish = !isPublished && (kind !== "table" || waits !== null);
          return (
            <tr
              className="h-[32px] hover:bg-hover [&>*]:border-line [&>*]:border-b [&>*]:px-3"
              key={each.version}
            >
              <th className="text-left font-normal" scope="row">
                {isDrafted ? (
                  <button className="link" onClick={() => onVersion(Number(each.version))} type="button">
                    {shortVersion(each.version)}
                  </button>
                ) : kind === "table" ? (
                  <code>{each.version}</code>
                ) : (
                  shortVersion(each.version)
                )}
              </th>
              <td className="whitespace-nowrap">
                {isPublished && <StateGlyph label="published" state="succeeded" />}
                {waits !== null && <StateGlyph label={`waits on branch ${waits.name}`} state="waiting" />}
              </td>
              <td className="whitespace-nowrap">
                <RelativeTime at={each.at} />
              </td>
              <td className="max-w-[28ch] truncate" title={each.by}>
                {each.by}
              </td>
              <td className="max-w-[40ch] truncate text-ink-2" title={each.detail}>
                {each.detail}
              </td>
              <td className="text-right">
                {mayPublish && (
                  <Button
                    aria-label={`Publish ${shortVersion(each.version)}`}
                    disabledReason={whyNotPublish}
                    onClick={() => onPublish(each.version, waits?.name ?? null)}
                  >
                    Publish
                  </Button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
