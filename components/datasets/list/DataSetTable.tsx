import Link from "next/link";
import { type Head, HeaderRow } from "@/components/ui/HeaderRow";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Tag } from "@/components/ui/Tag";
import type { DataSetRecord } from "@/domain/datasets/data-set-record";
import { DataSetStateGlyph } from "../DataSetStateGlyph";
import { dataSetHref } from "../data-set-href";
import { KindLabel } from "../KindLabel";
import { shortVersion } from "../short-version";

const HEADS: Head[] = ["Kind", "Name", "State", "Version", "Published", "Published by", "Owner", "Changed"];
const PLACEHOLDERS = ["one", "two", "three", "four"];

export type DataSetTableProps = {
  workspace: string;
  /** Null draws the heads over empty rows, while the list loads. */
  items: DataSetRecord[] | null;
};

/** Data sets of every kind in one list; each leads to its page. */
export function DataSetTable({ workspace, items }: DataSetTableProps) {
  return (
    <table className="w-full">
      <thead className="sticky top-0 z-10 bg-panel text-12 text-ink-2">
        <HeaderRow heads={HEADS} />
      </thead>
      <tbody>
        {items === null &&
          PLACEHOLDERS.map((key) => (
            <tr className="h-[28px]" key={key}>
              <td className="border-line border-b px-3" colSpan={HEADS.length}>
                <span className="block h-3 w-1/2 bg-sunken" />
              </td>
            </tr>
          ))}
        {items?.map((item) => (
          <tr
            className="h-[28px] hover:bg-hover [&>*]:border-line [&>*]:border-b [&>*]:px-3"
            key={`${item.kind} ${item.name}`}
          >
            <td>
              <KindLabel kind={item.kind} />
            </td>
            <th className="max-w-[40ch] truncate text-left font-normal" scope="row" title={item.name}>
              <Link className="link" href={dataSetHref(workspace, item)} prefetch={false}>
                {item.title === item.name ? <code>{item.name}</code> : item.title}
              </Link>
            </th>
            <td className="whitespace-nowrap">
              <DataSetStateGlyph state={item.state} />
            </td>
            <td title={item.currentVersion ?? "nothing was written yet"}>
              <Tag>{shortVersion(item.currentVersion)}</Tag>
            </td>
            <td className="whitespace-nowrap">
              {item.publishedAt === null ? (
                <span className="text-ink-3">
                  {item.publishedVersion === null ? "never" : "not recorded"}
                </span>
              ) : (
                <RelativeTime at={item.publishedAt} />
              )}
            </td>
            <td className="max-w-[24ch] truncate text-ink-2" title={item.publishedBy ?? undefined}>
              {item.publishedBy}
            </td>
            <td className="max-w-[24ch] truncate text-ink-2" title={item.owner ?? undefined}>
              {item.owner ?? <span className="text-ink-3">nobody named</span>}
            </td>
            <td className="whitespace-nowrap">
              <RelativeTime at={item.updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
