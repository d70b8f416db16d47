import { formatCount } from "@/components/ui/format";
import { STATE_APPEARANCES } from "@/components/ui/prepare-state";
import type { Scene, SceneItem } from "./scene";

const MOST_NAMED = 3;

/** Items belong to one scene, so that a name is made once. */
const known = new WeakMap<SceneItem, string>();

/** What a screen reader says of an item: `feature_engineering, SQL, step 2 of 5, after sync_sources, 1 problem`. */
export function spokenName(scene: Scene, item: SceneItem): string {
  const name = known.get(item) ?? nameOf(scene, item);
  known.set(item, name);
  return name;
}

function nameOf(scene: Scene, item: SceneItem): string {
  switch (item.kind) {
    case "comment":
      return `Comment: ${item.comment.text}`;
    case "frame":
      return `Group ${item.group.label}, ${formatCount(item.group.members.length, "task")}`;
    case "node":
    case "group": {
      const { face, step } = item;
      const problems = face.errors + face.warnings;
      return [
        face.label,
        face.kind,
        ...(face.state === null ? [] : [STATE_APPEARANCES[face.state].word]),
        `step ${step} of ${scene.stages}`,
        comesAfter(scene, item.id),
        ...(problems > 0 ? [formatCount(problems, "problem")] : []),
        ...(face.sentence === "" ? [] : [face.sentence]),
      ].join(", ");
    }
  }
}

function comesAfter(scene: Scene, id: string): string {
  const before = scene.before[scene.indexOf.get(id) ?? -1] ?? [];
  if (before.length === 0) return "starts first";
  const names = before.slice(0, MOST_NAMED).map((at) => labelOf(scene.items[at]));
  const more = before.length - names.length;
  return `after ${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** What a message calls an item. */
export function labelOf(item: SceneItem | undefined): string {
  if (item === undefined) return "nothing";
  if (item.kind === "comment") return "the comment";
  return item.kind === "frame" ? item.group.label : item.face.label;
}
