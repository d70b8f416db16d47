import Link from "next/link";
import { formatBytes, formatCount, formatNumber } from "@/components/ui/format";
import { type Head, HeaderRow } from "@/components/ui/HeaderRow";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Tag } from "@/components/ui/Tag";
import type { TableGroup } from "./prepare-tables";
import { tableHref } from "./table/table-href";
import { WriterLink } from "./table/WriterLink";

const HEADS: Head[] = [
  "Table",
  { number: "Rows" },
  { number: "Size" },
  { number: "Files" },
  { number: "Columns" },
  "Version",
  "Written by",
  "Committed",
];
const PLACEHOLDERS = ["one", "two", "three", "four"];

export type LakeTablesProps = {
  workspace: string;
  /** Null draws the heads over empty rows, while the list loads. */
  groups: TableGroup[] | null;
};

/** The tables by schema; each leads to its page. */
export function LakeTables({ workspace, groups }: LakeTablesProps) {
  return (
    <table className="w-full">
      <thead className="sticky top-0 z-10 bg-panel text-12 text-ink-2">
        <HeaderRow heads={HEADS} />
      </thead>
      {groups === null && (
        <tbody>
          {PLACEHOLDERS.map((key) => (
            <tr className="h-[28px]" key={key}>
              <td className="border-line border-b px-3" colSpan={HEADS.length}>
                <span className="block h-3 w-1/2 bg-sunken" />
              </td>
            </tr>
          ))}
        </tbody>
      )}
      {groups?.map((group) => (
        <tbody key={group.schema}>
          <tr className="bg-sunken">
            <th className="border-line border-b px-3 py-1 text-left" colSpan={HEADS.length} scope="rowgroup">
              <code>{group.schema}</code>
              <span className="ml-2 font-normal text-12 text-ink-2">
                {formatCount(group.tables.length, "table")}, {formatBytes(group.bytes)}
              </span>
            </th>
          </tr>
          {group.tables.map(({ table, shortName }) => (
            <tr
              className="h-[28px] hover:bg-hover [&>*]:border-line [&>*]:border-b [&>*]:px-3"
              key={table.name}
            >
              <th className="!pl-6 text-left font-normal" scope="row">
                <Link
                  className="link font-mono"
                  href={tableHref(workspace, table.name)}
                  prefetch={false}
                  title={table.name}
                >
                  {shortName}
                </Link>
              </th>
              <td className="text-right">{formatNumber(table.rowCount)}</td>
              <td className="text-right">{formatBytes(table.bytes)}</td>
              <td className="text-right">{formatNumber(table.fileCount)}</td>
              <td
                className="text-right"
                title={table.columns.map((column) => `${column.name} ${column.type}`).join("\n")}
              >
                {formatNumber(table.columns.length)}
              </td>
              <td>
                <Tag>version {table.version}</Tag>
              </td>
              <td className="text-ink-2">
                <WriterLink workspace={workspace} writtenBy={table.writtenBy} />
              </td>
              <td className="whitespace-nowrap">
                <RelativeTime at={table.committedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
