import type { ArchiveMark } from "./archive-mark";

export type ArchivedPipeline = ArchiveMark & { pipelineId: string };

/** Pipelines that are put away: they start nothing, and are kept. */
export interface ArchiveStore {
  /** The latest first. */
  archived(workspaceId: string): Promise<ArchivedPipeline[]>;
  /** Null where it is not put away. */
  archiveMark(workspaceId: string, pipelineId: string): Promise<ArchiveMark | null>;
  /**
   * Puts the pipeline away, or brings it back where `by` is null: its schedule then makes up for nothing before `at`. False
   * where that was so already.
   */
  setArchived(
    workspaceId: string,
    pipelineId: string,
    mark: { by: string | null; at: Date },
  ): Promise<boolean>;
}
