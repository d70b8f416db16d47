import type { DataSetVersion, LineageInput } from "../../../domain/datasets/data-set-record";
import type { Publication } from "../../../domain/datasets/publication";

/** What a kind itself knows of one of its data sets. */
export type KnownDataSet = {
  name: string;
  title: string;
  currentVersion: string | null;
  publishedVersion: string | null;
  updatedAt: Date;
  updatedBy: string;
  inputs: LineageInput[];
};

export type Branch = { name: string; version: string; isPublished: boolean };

export type DescribedDataSet = KnownDataSet & {
  /** Newest first, at most a hundred. */
  versions: DataSetVersion[];
  /** Of tables: where versions wait to be published. */
  branches: Branch[];
};

export type WantedVersion = {
  version?: string | undefined;
  branch?: string | undefined;
  check?: string | undefined;
};

export type Move = Pick<Publication, "act" | "version" | "previousVersion" | "branch">;

/** How one kind of data set is found, and how what others see of it is moved. */
export interface PublishedKind {
  list(): Promise<KnownDataSet[]>;
  /** Null where there is none of this name. */
  describe(name: string): Promise<DescribedDataSet | null>;
  /** The version meant, which exists and may be published. Failures: `not_found`, `conflict`, `invalid_input`. */
  choose(name: string, wanted: WantedVersion): Promise<{ version: string; branch: string | null }>;
  /** Lets others see `version` instead of `previousVersion`. Nothing was changed where it fails with `conflict`, `not_found` or `invalid_input`. */
  move(name: string, move: Move): Promise<void>;
  /** Whether an act that was written down at `at` took place. */
  hasMoved(name: string, move: Move & Pick<Publication, "at">): Promise<boolean>;
}
