import type { TableMaker } from "../../../domain/pipelines/problems/table-lineage";

export type NamedThings = {
  connections: string[];
  savedQueries: { name: string; sql: string; updatedAt: Date }[];
  secrets: string[];
  /** The newest zip of each name. */
  codePackages: { name: string; files: string[]; createdAt: Date }[];
  /** Ids of pipelines with an active version. */
  pipelines: string[];
  notificationTargets: { channel: string; name: string }[];
  /** When the pipeline last succeeded; null where it never did. */
  lastSuccessAt: Date | null;
  /** What statements and other pipelines read and wrote, newest first; of each pipeline its last success. */
  makers: TableMaker[];
};

/** What a workspace has under which names. */
export interface KnowledgeStore {
  named(workspaceId: string, pipelineId: string | null): Promise<NamedThings>;
}
