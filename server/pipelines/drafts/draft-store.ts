import type { PipelineDocument } from "../../../domain/pipelines/document/pipeline-document";
import type { ArchiveMark } from "../archive/archive-mark";

/** What is edited and what is active of a pipeline. */
export type PipelineHead = {
  /** Null while there is only a draft. */
  activeVersion: number | null;
  /** Grows with every save of the draft and with every activation. */
  revision: number;
  /** Null where nothing is edited: the active version's text stands. */
  draft: { text: string; of: number | null; by: string; at: Date } | null;
  /** Null where it is not archived. */
  archived: ArchiveMark | null;
};

export type StoredVersion = {
  version: number;
  /** As its author wrote it. */
  text: string;
  document: unknown;
  note: string | null;
  restoredFrom: number | null;
  createdBy: string;
  createdAt: Date;
};

export type Present = { sessionId: string; name: string; selectedTask: string | null; seenAt: Date };

export type ListedDraft = { pipelineId: string; activeVersion: number | null; by: string; at: Date };

type Place = { workspaceId: string; pipelineId: string };
type Author = { by: string; at: Date };

export type DraftWrite = Place &
  Author & {
    text: string;
    /** The revision that the author saw. */
    baseRevision: number;
    of?: number | null | undefined;
  };

export type VersionWrite = Place &
  Author & {
    /** The revision that the author saw. */
    baseRevision: number;
    text: string;
    document: PipelineDocument;
    note: string | null;
    restoredFrom: number | null;
  };

/** Null where somebody saved since the revision that the author saw: nothing was written. */
type Written<T> = T | null;

/** Drafts, versions and presence. Each writing act is one transaction: all of it happened, or nothing. */
export interface DraftStore {
  head(workspaceId: string, pipelineId: string): Promise<PipelineHead | null>;
  /** False where there is a pipeline of that id already. */
  create(draft: Omit<DraftWrite, "baseRevision">): Promise<boolean>;
  /** Pipelines with a draft that are not archived, the latest first. */
  drafts(workspaceId: string): Promise<ListedDraft[]>;
  saveDraft(draft: DraftWrite): Promise<Written<{ revision: number }>>;
  /** Back to the active version. */
  discardDraft(place: Place & { baseRevision: number }): Promise<Written<{ revision: number }>>;
  /** A new immutable version, active at once; the draft ends. */
  activate(version: VersionWrite): Promise<Written<{ version: number; revision: number }>>;
  /** Newest first; `before` is the last version of the page before. */
  versions(place: Place, page: { before?: number | undefined; limit: number }): Promise<StoredVersion[]>;
  version(place: Place, version: number): Promise<StoredVersion | null>;
  /** Says that a page is open, and forgets those that were not seen since `until`. */
  seen(place: Place, page: Present, until: Date): Promise<void>;
  left(place: Place, sessionId: string): Promise<void>;
  /** Pages seen since a moment, by name. */
  present(place: Place, since: Date): Promise<Present[]>;
}
