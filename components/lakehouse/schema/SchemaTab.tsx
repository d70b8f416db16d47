"use client";

import { EvidenceLine } from "@/components/ui/EvidenceLine";
import { formatCount, formatDay } from "@/components/ui/format";
import { type Head, HeaderRow } from "@/components/ui/HeaderRow";
import { Panel } from "@/components/ui/Panel";
import { Tag } from "@/components/ui/Tag";
import { useQueryParam } from "@/components/ui/useQueryParam";
import type { TableDetail } from "../lake-types";
import type { TabProps } from "../table/tab-props";
import { prepareShapes, type ShapeVersion } from "./prepare-schema";

const HEADS: Head[] = ["Column", "Type", "Nulls", "Part", "Description", { number: "Id" }];

/** The columns of a table, now or in an earlier shape, and how the shape changed. */
export function SchemaTab({ table }: TabProps) {
  const wanted = useQueryParam("schema");
  const shapes = prepareShapes(table.schemas);
  const old = table.schemas.find(({ schemaId }) => String(schemaId) === wanted.value);
  const current = shapes[0]?.number ?? 1;
  const shown = shapes.find(({ schemaId }) => schemaId === old?.schemaId)?.number ?? current;
  const columns = old?.columns ?? table.columns;
  return (
    <>
      <div className="grid min-h-0 flex-1 grid-cols-1 gap-px overflow-auto bg-line-2 desk:grid-cols-[minmax(0,1fr)_436px] desk:overflow-hidden">
        <Panel
          actions={
            shown !== current && (
              <button className="link" onClick={() => wanted.set(null)} type="button">
                Show v{current}, the shape of now
              </button>
            )
          }
          bodyClassName="overflow-auto"
          label="Columns"
          meta={`v${shown}${shown === current ? "" : `, now is v${current}`}`}
          title={formatCount(columns.length, "column")}
        >
          <Columns columns={columns} table={table} />
        </Panel>
        <Panel
          bodyClassName="overflow-auto"
          meta={`v${current} now, ${formatCount(table.columns.length, "column")}`}
          title="Schema history"
        >
          <History onShow={(id) => wanted.set(String(id))} shapes={shapes} shown={shown} />
        </Panel>
      </div>
      <EvidenceLine
        right={[
          {
            key: "sort",
            text: `sorted by ${listOf(table.sortOrder.map((one) => `${one.column} ${one.direction}`))}`,
          },
          { key: "dates", text: "dates in UTC" },
        ]}
      >
        Types as Trino spells them; columns keep their ids when they are renamed
      </EvidenceLine>
    </>
  );
}

const listOf = (items: string[]): string => (items.length === 0 ? "nothing" : items.join(", "));

function Columns({ columns, table }: { columns: TableDetail["columns"]; table: TableDetail }) {
  return (
    <table className="w-full">
      <thead className="sticky top-0 bg-panel text-12 text-ink-2">
        <HeaderRow heads={HEADS} isDense />
      </thead>
      <tbody>
        {columns.map((column) => (
          <tr className="h-6 hover:bg-hover [&>*]:border-line [&>*]:border-b [&>*]:px-3" key={column.id}>
            <th className="text-left" scope="row">
              <code className="font-semibold">{column.name}</code>
            </th>
            <td>
              <code className="text-12 text-ink-2">{column.type}</code>
            </td>
            <td className="text-ink-2">{column.required ? "never" : "may be"}</td>
            <td>
              <span className="flex gap-1">
                {table.key.includes(column.name) && <Tag kind="strong">key</Tag>}
                {table.partitionSpec
                  .filter((one) => one.column === column.name)
                  .map((one) => (
                    <Tag key={one.name}>partition, {one.transform}</Tag>
                  ))}
              </span>
            </td>
            <td className="text-ink-2">{column.doc ?? ""}</td>
            <td className="text-right text-ink-3">{column.id}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type HistoryProps = { shapes: ShapeVersion[]; shown: number; onShow: (schemaId: number) => void };

function History({ shapes, shown, onShow }: HistoryProps) {
  return (
    <ol>
      {shapes.map((shape) => (
        <li
          className={`border-line border-b px-3 py-1 ${shape.number === shown ? "bg-select shadow-[inset_3px_0_0_var(--accent)]" : ""}`}
          key={shape.schemaId}
        >
          <p className="flex items-center gap-2">
            <button
              aria-pressed={shape.number === shown}
              className="link"
              onClick={() => onShow(shape.schemaId)}
              type="button"
            >
              v{shape.number}
              <span className="sr-only">, show its columns</span>
            </button>
            <span className="ml-auto text-12 text-ink-2">
              {shape.at === null ? "time not recorded" : formatDay(shape.at)}
            </span>
          </p>
          <ul>
            {shape.changes.map((change) => (
              <li
                className="flex gap-2 text-12 leading-5"
                key={`${change.sign}${change.column}${change.words}`}
              >
                <span className="w-3 text-center font-bold">{change.sign}</span>
                <code>{change.column}</code>
                <span className="text-ink-2">{change.words}</span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
