/** CPUs and GPUs as counts, memory in bytes; null is unknown. */
export type Resources = { CPU: number | null; GPU: number | null; memory: number | null };

/** Table to the tables that it is made of, and the pipeline that made it so; null where a statement did. */
export type Lineage = Readonly<Record<string, readonly { source: string; by: string | null }[]>>;

/** What the workspace has. Null is unknown: nothing is said of it then. */
export type Knowledge = {
  connections: readonly string[] | null;
  /** Name to the tables that it reads; the statement where a window of it reaches later rows. */
  savedQueries: Readonly<Record<string, { reads: readonly string[]; sql?: string | undefined }>> | null;
  /** Three-part names. */
  tables: readonly string[] | null;
  /** By what others made: the pipeline that is looked at says itself what it makes. */
  lineage: Lineage | null;
  secrets: readonly string[] | null;
  /** `<package>/<file>`. */
  codeFiles: readonly string[] | null;
  pipelines: readonly string[] | null;
  /** The whole cluster, and the largest of its machines where it is known: a worker stands on one. */
  cluster: { total: Resources; largest: Resources | null } | null;
  notificationTargets: { slack: readonly string[]; webhook: readonly string[] } | null;
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
