import type { ReactNode } from "react";
import { Button } from "@/components/ui/Button";
import type { Head } from "@/components/ui/HeaderRow";
import { QueryState, type QueryStateProps } from "./QueryState";
import { CELL, SettingsTable } from "./SettingsTable";

export type GrantTableProps<Grant extends { id: string }> = {
  title: string;
  query: QueryStateProps["query"] & { data: Grant[] | undefined };
  /** Shown where there is none. */
  empty: ReactNode;
  heads: Head[];
  /** One cell for each head. The first names the grant. */
  cells: (grant: Grant) => ReactNode[];
  revokeLabel: (grant: Grant) => string;
  onRevoke: (grant: Grant) => void;
};

/** What was granted and still works, each with a button to revoke it. */
export function GrantTable<Grant extends { id: string }>(props: GrantTableProps<Grant>) {
  const { title, query, empty, heads, cells, revokeLabel, onRevoke } = props;
  const grants = query.data ?? [];
  return (
    <>
      <h2 className="border-line border-y px-3 py-1.5 font-semibold text-title">{title}</h2>
      <QueryState query={query} />
      {query.data?.length === 0 && empty}
      {grants.length > 0 && (
        <SettingsTable heads={[...heads, "(Actions)"]}>
          {grants.map((grant) => {
            const [name, ...facts] = cells(grant);
            return (
              <tr key={grant.id}>
                <th className={`${CELL} font-semibold`} scope="row">
                  {name}
                </th>
                {facts.map((fact, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a row never change places
                  <td className={CELL} key={index}>
                    {fact}
                  </td>
                ))}
                <td className={`${CELL} text-right`}>
                  <Button aria-label={revokeLabel(grant)} kind="danger" onClick={() => onRevoke(grant)}>
                    Revoke
                  </Button>
                </td>
              </tr>
            );
          })}
        </SettingsTable>
      )}
    </>
  );
}
