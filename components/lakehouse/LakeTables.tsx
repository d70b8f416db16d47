import { formatBytes, formatNumber } from "@/components/ui/format";
import { RelativeTime } from "@/components/ui/RelativeTime";
import { Tag } from "@/components/ui/Tag";

export type LakeTable = {
  name: string;
  rowCount: number;
  bytes: number;
  columns: { name: string; type: string }[];
  version: number;
  committedAt: Date;
  writtenBy: string;
};

const HEADERS: { title: string; isNumber: boolean }[] = [
  { title: "Table", isNumber: false },
  { title: "Rows", isNumber: true },
  { title: "Size", isNumber: true },
  { title: "Columns", isNumber: true },
  { title: "Version", isNumber: false },
  { title: "Written by", isNumber: false },
  { title: "Committed", isNumber: false },
];
const PLACEHOLDERS = ["one", "two", "three", "four"];

/** Null draws the header over empty rows, while the list loads. */
export function LakeTables({ tables }: { tables: LakeTable[] | null }) {
  return (
    <table className="w-full text-left">
      <thead className="sticky top-0 bg-panel text-12 text-ink-2">
        <tr>
          {HEADERS.map(({ title, isNumber }) => (
            <th
              className={`border-line-2 border-b px-3 py-1.5 font-semibold ${isNumber ? "text-right" : ""}`}
              key={title}
              scope="col"
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tables === null &&
          PLACEHOLDERS.map((key) => (
            <tr className="h-[28px]" key={key}>
              <td className="border-line border-b px-3" colSpan={HEADERS.length}>
                <span className="block h-3 w-1/2 bg-sunken" />
              </td>
            </tr>
          ))}
        {tables?.map((table) => (
          <tr
            className="h-[28px] hover:bg-hover [&>*]:border-line [&>*]:border-b [&>*]:px-3"
            key={table.name}
          >
            <th className="font-normal" scope="row">
              <TableName name={table.name} />
            </th>
            <td className="text-right">{formatNumber(table.rowCount)}</td>
            <td className="text-right">{formatBytes(table.bytes)}</td>
            <td
              className="text-right"
              title={table.columns.map((column) => `${column.name} ${column.type}`).join("\n")}
            >
              {formatNumber(table.columns.length)}
            </td>
            <td>
              <Tag>version {table.version}</Tag>
            </td>
            <td className="text-ink-2">{table.writtenBy}</td>
            <td>
              <RelativeTime at={table.committedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TableName({ name }: { name: string }) {
  const cut = name.lastIndexOf(".") + 1;
  return (
    <code>
      <span className="text-ink-2">{name.slice(0, cut)}</span>
      <span className="font-semibold">{name.slice(cut)}</span>
    </code>
  );
}
