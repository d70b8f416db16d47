import { Button } from "@/components/ui/Button";
import { EmptyState } from "@/components/ui/EmptyState";
import { Tag } from "@/components/ui/Tag";
import type { Snapshot, TableDetail } from "../lake-types";

export type TagListProps = {
  tags: TableDetail["refs"];
  snapshots: readonly Snapshot[];
  whyNotChange: string | null;
  onShow: (name: string) => void;
  onDrop: (name: string) => void;
};

/** The tags: names of snapshots that do not expire. */
export function TagList({ tags, snapshots, whyNotChange, onShow, onDrop }: TagListProps) {
  if (tags.length === 0) {
    return <EmptyState title="No snapshot has a tag.">A snapshot that has one does not expire.</EmptyState>;
  }
  return (
    <ul>
      {tags.map((tag) => {
        const snapshot = snapshots.find(({ snapshotId }) => snapshotId === tag.snapshotId);
        return (
          <li className="flex min-h-[30px] items-center gap-2 border-line border-b px-3" key={tag.name}>
            <Tag>{tag.name}</Tag>
            <span className="text-12 text-ink-2">
              {snapshot === undefined ? tag.snapshotId : `version ${snapshot.version}`}, never expires
            </span>
            <span className="ml-auto flex items-center gap-1">
              <button className="link text-12" onClick={() => onShow(tag.name)} type="button">
                Rows<span className="sr-only"> of {tag.name}</span>
              </button>
              <Button
                aria-label={`Delete tag ${tag.name}`}
                disabledReason={whyNotChange}
                kind="quiet"
                onClick={() => onDrop(tag.name)}
              >
                Delete
              </Button>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
