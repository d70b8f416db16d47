import { classNames } from "./class-names";

/** Text, or a column of numbers, which stand at the right. */
export type Head = string | { number: string };

/** The row of a plain table's heads. A head in parentheses is for screen readers only. */
export function HeaderRow({ heads, isDense = false }: { heads: readonly Head[]; isDense?: boolean }) {
  return (
    <tr>
      {heads.map((head) => {
        const title = typeof head === "string" ? head : head.number;
        return (
          <th
            className={classNames(
              "border-line-2 border-b px-3 font-semibold",
              isDense ? "py-1" : "py-1.5",
              typeof head === "string" ? "text-left" : "text-right",
            )}
            key={title}
            scope="col"
          >
            {title.startsWith("(") ? <span className="sr-only">{title.slice(1, -1)}</span> : title}
          </th>
        );
      })}
    </tr>
  );
}
