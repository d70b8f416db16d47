/** The address of a table's page; `query` names the view, empty values are left out. */
export function tableHref(
  workspace: string,
  name: string,
  query: Record<string, string | null> = {},
): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const path = `/${workspace}/lakehouse/${encodeURIComponent(name)}`;
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
