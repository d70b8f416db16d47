import type { DataSetKind, LineageInput } from "@/domain/datasets/data-set-record";

/** The address of a data set's page. */
export const dataSetHref = (workspace: string, { kind, name }: { kind: DataSetKind; name: string }): string =>
  `/${workspace}/datasets/${kind}/${encodeURIComponent(name)}`;

/** Where something that a data set was made from is shown; null where there is no page of it. */
export function inputHref(workspace: string, { kind, name, parent, url }: LineageInput): string | null {
  switch (kind) {
    case "table":
      return `/${workspace}/lakehouse/${encodeURIComponent(name)}`;
    case "report":
      return dataSetHref(workspace, { kind, name });
    case "run":
      return parent === null ? null : `/${workspace}/pipelines/${encodeURIComponent(parent)}/runs/${name}`;
    case "sync":
      return parent === null ? null : `/${workspace}/sources/${encodeURIComponent(parent)}/syncs/${name}`;
    case "tracked_run":
      return url;
  }
}
