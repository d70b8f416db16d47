import { Duration } from "@/components/ui/Duration";
import { formatNumber } from "@/components/ui/format";
import { StateGlyph } from "@/components/ui/StateGlyph";
import type { TaskView } from "@/domain/pipelines/run-view";
import { worthShowing } from "@/domain/pipelines/watch/map-children";
import { countStates } from "./count-states";

const MOST_ITEMS = 40;

/** The items of a map: how they stand, and those worth a look, failed ones first. */
export function MapItems({
  items,
  onSelect,
}: {
  items: readonly TaskView[];
  onSelect: (taskId: string) => void;
}) {
  const shown = worthShowing(items, MOST_ITEMS);
  return (
    <section className="border-line-2 border-b pb-1.5">
      <h3 className="px-3 pt-2 pb-1 font-semibold text-title">Items</h3>
      <p className="px-3 pb-1 text-ink-2">{countStates(items)}</p>
      <ul>
        {shown.map((item) => (
          <li key={item.taskId}>
            <button
              className="flex w-full justify-between gap-2 px-3 py-0.5 text-left hover:bg-hover"
              onClick={() => onSelect(item.taskId)}
              title={JSON.stringify(item.outputs.item ?? null).slice(0, 200)}
              type="button"
            >
              <StateGlyph label={item.taskId} state={item.status} />
              <span className="text-12 text-ink-2">
                <Duration end={item.endedAt} start={item.startedAt} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length < items.length && (
        <p className="px-3 text-12 text-ink-2">{formatNumber(items.length - shown.length)} more</p>
      )}
    </section>
  );
}
