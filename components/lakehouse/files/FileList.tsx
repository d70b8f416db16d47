import { classNames } from "@/components/ui/class-names";
import { formatBytes, formatNumber } from "@/components/ui/format";
import { type Head, HeaderRow } from "@/components/ui/HeaderRow";
import type { DataFile } from "../lake-types";
import { partitionWords, shortPath } from "./prepare-sizes";

export type FileListProps = {
  files: DataFile[];
  isPartitioned: boolean;
  /** The end of the path of the file whose ranges are shown. */
  picked: string | null;
  onPick: (path: string) => void;
};

/** The files, largest first; a press shows the range of each column in it. */
export function FileList({ files, isPartitioned, picked, onPick }: FileListProps) {
  const heads: Head[] = [
    "File",
    ...(isPartitioned ? ["Partition"] : []),
    { number: "Rows" },
    { number: "Size" },
  ];
  const sorted = [...files].sort((a, b) => b.bytes - a.bytes || a.path.localeCompare(b.path));
  return (
    <table className="w-full text-12">
      <thead className="sticky top-0 bg-panel text-ink-2">
        <HeaderRow heads={heads} isDense />
      </thead>
      <tbody>
        {sorted.map((file) => {
          const isPicked = shortPath(file.path) === picked;
          return [
            <tr
              className={classNames(
                "h-6 hover:bg-hover [&>*]:border-line [&>*]:border-b [&>*]:px-3",
                isPicked && "bg-select shadow-[inset_3px_0_0_var(--accent)]",
              )}
              key={file.path}
            >
              <th className="max-w-[52ch] truncate text-left font-normal" scope="row">
                <button
                  aria-expanded={isPicked}
                  className="link max-w-full truncate font-mono"
                  onClick={() => onPick(file.path)}
                  title={file.path}
                  type="button"
                >
                  {shortPath(file.path)}
                </button>
              </th>
              {isPartitioned && <td className="text-ink-2">{partitionWords(file.partition)}</td>}
              <td className="text-right">{formatNumber(file.rows)}</td>
              <td className="text-right">{formatBytes(file.bytes)}</td>
            </tr>,
            isPicked && (
              <tr key={`${file.path} bounds`}>
                <td className="border-line border-b bg-sunken px-3 py-2" colSpan={heads.length}>
                  <Bounds file={file} />
                </td>
              </tr>
            ),
          ];
        })}
      </tbody>
    </table>
  );
}

function Bounds({ file }: { file: DataFile }) {
  return (
    <>
      <p className="text-ink-2 [overflow-wrap:anywhere]">
        <code>{file.path}</code>
      </p>
      {file.bounds.length === 0 ? (
        <p className="mt-1">The file does not say between which values its columns lie.</p>
      ) : (
        <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3">
          {file.bounds.map(({ column, lower, upper }) => (
            <div className="contents" key={column}>
              <dt>
                <code>{column}</code>
              </dt>
              <dd className="truncate text-ink-2">
                {lower ?? "not known"} to {upper ?? "not known"}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
