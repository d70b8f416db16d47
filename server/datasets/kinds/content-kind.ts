import { DashboardContent } from "../../../domain/datasets/dashboard-content";
import type { LineageInput } from "../../../domain/datasets/data-set-record";
import { ReportContent } from "../../../domain/datasets/report-content";
import { tablesRead } from "../../../domain/datasets/tables-read";
import { Failure } from "../../../domain/shared/failure";
import { roleAtLeast } from "../../../domain/workspaces/role-at-least";
import type { DataSetScope } from "../data-set-scope";
import type { ContentKind, StoredContent } from "../data-set-store";
import type { KnownDataSet, PublishedKind } from "./published-kind";

/** Reports and dashboards: others see the version of the last publication. Who may not draft sees that one alone. */
export function contentKind(scope: DataSetScope, kind: ContentKind): PublishedKind {
  const { store, workspace, tableCatalog } = scope;
  const seesDrafts = roleAtLeast(scope.role, "analyst");

  const known = (
    shown: StoredContent,
    publishedVersion: string | null,
    inputs: LineageInput[],
  ): KnownDataSet => ({
    name: shown.name,
    title: titleOf(shown.content),
    currentVersion: String(shown.version),
    publishedVersion,
    updatedAt: shown.at,
    updatedBy: shown.by,
    inputs,
  });
  const inputsOf = async (content: unknown): Promise<LineageInput[]> => {
    if (kind === "dashboard") {
      const { items } = DashboardContent.parse(content);
      return [...new Set(items.map(({ report }) => report))].map((name) => lineage("report", name));
    }
    const sql = ReportContent.parse(content).blocks.flatMap((block) =>
      block.type === "query" ? [block.sql] : [],
    );
    if (sql.length === 0) return [];
    const tables = (await tableCatalog.list(workspace.id)).map(({ name }) => name);
    return [...new Set(sql.flatMap((each) => tablesRead(each, tables)))]
      .sort()
      .map((name) => lineage("table", name));
  };
  const publishedOf = async (name: string): Promise<string | null> =>
    (await store.publications(workspace.id, { kind, name })).findLast(({ status }) => status === "done")
      ?.version ?? null;
  const shownOf = async (name: string, published: string | null): Promise<StoredContent | null> => {
    if (seesDrafts) return store.content(workspace.id, kind, name);
    return published === null ? null : store.content(workspace.id, kind, name, Number(published));
  };

  return {
    async list() {
      const [contents, publications] = await Promise.all([
        store.newestContents(workspace.id, kind),
        store.latestPublications(workspace.id),
      ]);
      const published = new Map(
        publications.filter((each) => each.kind === kind).map(({ name, version }) => [name, version]),
      );
      const listed = await Promise.all(
        contents.map(async (newest) => {
          const version = published.get(newest.name) ?? null;
          const shown = seesDrafts ? newest : await shownOf(newest.name, version);
          return shown === null ? [] : [known(shown, version, [])];
        }),
      );
      return listed.flat();
    },

    async describe(name) {
      const published = await publishedOf(name);
      const shown = await shownOf(name, published);
      if (shown === null) return null;
      const versions = await store.contentVersions(workspace.id, kind, name);
      return {
        ...known(shown, published, await inputsOf(shown.content)),
        versions: seesDrafts ? versions : versions.filter(({ version }) => version === published),
        branches: [],
      };
    },

    async choose(name, { version, branch, check }) {
      if (branch !== undefined || check !== undefined)
        throw new Failure("invalid_input", `A ${kind} has no branches. Name a version.`);
      const stored = /^\d{1,9}$/.test(version ?? "")
        ? await store.content(workspace.id, kind, name, Number(version))
        : null;
      if (stored === null)
        throw new Failure("not_found", `There is no version ${version ?? "of that name"} of ${name}.`);
      return { version: String(stored.version), branch: null };
    },

    // What others see is what the publications say: writing one down as done is the act.
    move: async () => undefined,
    hasMoved: async () => false,
  };
}

const lineage = (kind: "table" | "report", name: string): LineageInput => ({
  kind,
  name,
  label: name,
  parent: null,
  url: null,
});

const titleOf = (content: unknown): string => {
  const { title } = content as { title?: unknown };
  return typeof title === "string" ? title : "";
};
