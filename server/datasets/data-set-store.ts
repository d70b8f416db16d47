import type { DataSetKind, DataSetVersion } from "../../domain/datasets/data-set-record";
import type { Publication } from "../../domain/datasets/publication";

/** The kinds whose versions are kept here. */
export type ContentKind = "report" | "dashboard";

export type DataSetKey = { kind: DataSetKind; name: string };

/** A publication with who acts, for the audit log of whoever settles it. */
export type HeldPublication = Publication & { actor: string };

export type NewContent = {
  kind: ContentKind;
  name: string;
  content: unknown;
  /** The version that the draft was made from, 0 for none; absent where the saver does not mind. */
  baseVersion?: number | undefined;
  by: string;
  at: Date;
};

export type StoredContent = { name: string; version: number; content: unknown; at: Date; by: string };

export interface DataSetStore {
  owners(workspaceId: string): Promise<(DataSetKey & { owner: string })[]>;
  /** Null takes the owner away. */
  setOwner(workspaceId: string, key: DataSetKey, owner: string | null, by: string, at: Date): Promise<void>;

  /** The newest done publication of each data set. */
  latestPublications(workspaceId: string): Promise<HeldPublication[]>;
  /** Of all data sets: written down, and not known to have taken place. */
  intendedPublications(workspaceId: string): Promise<HeldPublication[]>;
  /** Of one data set, oldest first, without those that did not take place. */
  publications(workspaceId: string, key: DataSetKey): Promise<HeldPublication[]>;
  publication(workspaceId: string, id: string): Promise<(HeldPublication & { isVoid: boolean }) | null>;
  /**
   * Writes a publication down before its act. False where the newest one of its data set is not `after` (null: none),
   * so that of two at one time one goes on. An intent of the same id that was void is taken up again.
   */
  begin(workspaceId: string, publication: HeldPublication, after: string | null): Promise<boolean>;
  /**
   * Says how an intent ended, once, with its line in the audit log; false where that was said before. What was taken
   * for void and took place late is done.
   */
  settle(workspaceId: string, publication: HeldPublication, as: "done" | "void", at: Date): Promise<boolean>;

  /**
   * Keeps a new version and says its number; content equal to the newest makes none. Fails with `conflict` where the
   * newest version is not `baseVersion`.
   */
  saveContent(workspaceId: string, content: NewContent): Promise<{ version: number; isNew: boolean }>;
  /** The newest version of each name. */
  newestContents(workspaceId: string, kind: ContentKind): Promise<StoredContent[]>;
  /** Newest first, without what they hold. */
  contentVersions(workspaceId: string, kind: ContentKind, name: string): Promise<DataSetVersion[]>;
  /** The newest where no version is named. */
  content(
    workspaceId: string,
    kind: ContentKind,
    name: string,
    version?: number,
  ): Promise<StoredContent | null>;
}
