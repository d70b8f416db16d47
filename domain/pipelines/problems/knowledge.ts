export type Resources = { CPU: number; GPU: number; memory: number };

/** What the workspace has. Null is unknown: nothing is said of it then. */
export type Knowledge = {
  connections: readonly string[] | null;
  /** Name to the statement and the tables that it reads. */
  savedQueries: Readonly<Record<string, { reads: readonly string[]; sql?: string }>> | null;
  /** Three-part names. */
  tables: readonly string[] | null;
  /** Table to the tables that it is made of. */
  lineage: Readonly<Record<string, readonly string[]>> | null;
  secrets: readonly string[] | null;
  /** `<package>/<file>`. */
  codeFiles: readonly string[] | null;
  pipelines: readonly string[] | null;
  /** The whole cluster, and the largest of its machines: a worker stands on one. Memory in bytes. */
  cluster: { total: Resources; largest: Resources } | null;
  notificationTargets: { slack: readonly string[]; webhook: readonly string[]; canMail: boolean } | null;
  /** Code packages and saved queries that are not as they were when the pipeline last succeeded. */
  changed: { codePackages: readonly string[]; savedQueries: readonly string[] } | null;
};

export const NO_KNOWLEDGE: Knowledge = {
  connections: null,
  savedQueries: null,
  tables: null,
  lineage: null,
  secrets: null,
  codeFiles: null,
  pipelines: null,
  cluster: null,
  notificationTargets: null,
  changed: null,
};
