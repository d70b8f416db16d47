import { formatCount } from "@/components/ui/format";
import type { FlowActs } from "../flow-acts";
import type { FlowPoint } from "../flow-graph";
import type { FlowCommand } from "../keys/read-key";
import { movedTo } from "../scene/moved-to";
import type { Scene, SceneItem } from "../scene/scene";
import { labelOf } from "../scene/spoken-name";
import { type Way, walk } from "../scene/walk";

const STEP = 8;
const WAYS: Record<Way, FlowPoint> = {
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
};

/** A connection that is being made by keys: from an item to the one that the arrows chose last. */
export type Connecting = { from: string; target: string };

export type FlowCommandsInput = {
  scene: Scene;
  corners: ReadonlyMap<string, FlowPoint>;
  acts: FlowActs;
  readOnly: boolean;
  selection: ReadonlySet<string>;
  /** The item that has the focus, or would get it. */
  focused: string | null;
  edge: string | null;
  connecting: Connecting | null;
  setConnecting: (connecting: Connecting | null) => void;
  setEdge: (key: string | null) => void;
  /** Shows the item and gives it the focus. */
  focus: (id: string) => void;
  /** Shows the item, and leaves the focus. */
  show: (id: string) => void;
  say: (message: string) => void;
  zoom: { in: () => void; out: () => void; fit: () => void; fitSelection: () => void };
};

/** What keys do. Returns false where the key means nothing here and belongs to the browser. */
export function useFlowCommands(input: FlowCommandsInput): (command: FlowCommand) => boolean {
  return (command) => (input.connecting === null ? runPlain(input, command) : runConnecting(input, command));
}

function runPlain(input: FlowCommandsInput, command: FlowCommand): boolean {
  const { scene, acts, readOnly, focused, selection, zoom } = input;
  const item = focused === null ? undefined : scene.items[scene.indexOf.get(focused) ?? -1];
  switch (command.do) {
    case "walk":
    case "extend":
      return item !== undefined && step(input, item.id, command.way, command.do === "extend");
    case "push":
      return !readOnly && push(input, command.way, command.steps);
    case "first":
    case "last":
      return goTo(input, stagesOf(scene).at(command.do === "first" ? 0 : -1)?.id);
    case "open":
      return item !== undefined && open(input, item);
    case "toggle":
      return item !== undefined && choose(input, toggled(selection, item.id));
    case "connect":
      return !readOnly && startConnecting(input, item);
    case "cancel":
      input.setEdge(null);
      return selection.size > 0 && choose(input, new Set());
    case "remove":
      return !readOnly && remove(input);
    case "selectAll":
      input.say(`${formatCount(scene.items.length, "item")} selected`);
      return choose(input, new Set(scene.items.map(({ id }) => id)));
    case "duplicate":
      return !readOnly && selection.size > 0 && told(input, acts.onDuplicate, "Duplicated", selection);
    case "undo":
      return !readOnly && told(input, acts.onUndo, "Undone");
    case "redo":
      return !readOnly && told(input, acts.onRedo, "Done again");
    case "search":
      return told(input, acts.onSearch, "");
    case "problem":
      return nextProblem(input, command.by);
    case "zoomIn":
      zoom.in();
      return true;
    case "zoomOut":
      zoom.out();
      return true;
    case "fit":
      zoom.fit();
      return true;
    case "fitSelection":
      zoom.fitSelection();
      return true;
  }
}

/** While a connection is made, arrows choose its end, and all else waits. */
function runConnecting(input: FlowCommandsInput, command: FlowCommand): boolean {
  const { scene, acts, connecting, setConnecting, say } = input;
  if (connecting === null) return false;
  const { from, target } = connecting;
  const name = (id: string) => labelOf(scene.items[scene.indexOf.get(id) ?? -1]);
  if (command.do === "cancel" || command.do === "connect") {
    setConnecting(null);
    say("No connection made");
    return true;
  }
  if (command.do === "walk") {
    const next = walk(scene, target, command.way);
    if (next === null) return true;
    setConnecting({ from, target: next });
    input.show(next);
    say(`To ${name(next)}${isEdge(scene, from, next) ? ", connected already: Enter disconnects" : ""}`);
    return true;
  }
  if (command.do !== "open") return true;
  if (target === from) {
    say("Choose another task with the arrow keys");
    return true;
  }
  const refusal = whyNot(input, from, target);
  if (isEdge(scene, from, target)) {
    acts.onDisconnect?.([{ from, to: target }]);
    say(`Disconnected ${name(from)} from ${name(target)}`);
  } else if (refusal === null) {
    acts.onConnect?.(from, target);
    say(`Connected ${name(from)} to ${name(target)}`);
  } else {
    say(refusal);
    return true;
  }
  setConnecting(null);
  return true;
}

function whyNot({ scene, acts }: FlowCommandsInput, from: string, to: string): string | null {
  const item = scene.items[scene.indexOf.get(to) ?? -1];
  if (item?.kind !== "node") return "Only a task can be connected";
  return acts.whyNotConnect?.(from, to) ?? null;
}

function isEdge({ edges }: Scene, from: string, to: string): boolean {
  return edges.some((edge) => edge.from === from && edge.to === to);
}

const stagesOf = ({ items }: Scene) => items.filter(({ kind }) => kind === "node" || kind === "group");

function choose({ acts }: FlowCommandsInput, ids: ReadonlySet<string>): true {
  acts.onSelect(ids);
  return true;
}

function toggled(ids: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

function goTo(input: FlowCommandsInput, id: string | undefined): boolean {
  if (id === undefined) return false;
  input.focus(id);
  return choose(input, new Set([id]));
}

function step(input: FlowCommandsInput, from: string, way: Way, extends_: boolean): boolean {
  const next = walk(input.scene, from, way);
  if (next === null) return true;
  input.focus(next);
  return choose(input, extends_ ? new Set([...input.selection, from, next]) : new Set([next]));
}

function push(input: FlowCommandsInput, way: Way, steps: number): boolean {
  const { scene, corners, acts, focused, selection } = input;
  const ids = selection.size > 0 ? selection : new Set(focused === null ? [] : [focused]);
  const by = { x: WAYS[way].x * STEP * steps, y: WAYS[way].y * STEP * steps };
  const { positions } = movedTo(scene, corners, ids, by);
  if (positions.size === 0 || acts.onMove === undefined) return false;
  acts.onMove(positions);
  input.say(`Moved ${way}`);
  return true;
}

function open({ acts }: FlowCommandsInput, item: SceneItem): boolean {
  if (item.kind === "frame" || item.kind === "group") acts.onToggleGroup?.(item.id);
  else {
    acts.onSelect(new Set([item.id]));
    acts.onOpen?.(item.id);
  }
  return true;
}

function startConnecting(input: FlowCommandsInput, item: SceneItem | undefined): boolean {
  if (input.acts.onConnect === undefined || item?.kind !== "node") return false;
  input.setConnecting({ from: item.id, target: item.id });
  input.say(
    `Connecting from ${item.face.label}. Arrow keys choose where to, Enter connects or disconnects, Escape cancels.`,
  );
  return true;
}

function remove(input: FlowCommandsInput): boolean {
  const { scene, acts, edge, selection, focused } = input;
  const chosen = edge === null ? undefined : scene.edges.find(({ key }) => key === edge);
  if (chosen !== undefined && acts.onDisconnect !== undefined) {
    acts.onDisconnect([{ from: chosen.from, to: chosen.to }]);
    input.setEdge(null);
    input.say("Connection removed");
    return true;
  }
  if (selection.size === 0 || acts.onRemove === undefined) return false;
  // The focus goes to a neighbour that stays, so that keys go on working.
  const at = focused === null ? undefined : scene.indexOf.get(focused);
  const near =
    at === undefined ? [] : [...(scene.before[at] ?? []), ...(scene.after[at] ?? []), ...scene.items.keys()];
  const next = near.flatMap((one) => scene.items[one]?.id ?? []).find((id) => !selection.has(id));
  acts.onRemove(selection);
  input.say(`Removed ${namesOf(scene, selection)}`);
  if (next !== undefined) {
    acts.onSelect(new Set([next]));
    input.focus(next);
  }
  return true;
}

/** One by its name, several by their number. */
export function namesOf(scene: Scene, ids: ReadonlySet<string>): string {
  const [first] = ids;
  return ids.size === 1 && first !== undefined
    ? labelOf(scene.items[scene.indexOf.get(first) ?? -1])
    : formatCount(ids.size, "item");
}

function told<Arguments extends unknown[]>(
  { say }: FlowCommandsInput,
  act: ((...given: Arguments) => unknown) | undefined,
  message: string,
  ...given: Arguments
): boolean {
  if (act === undefined) return false;
  act(...given);
  if (message !== "") say(message);
  return true;
}

function nextProblem(input: FlowCommandsInput, by: 1 | -1): boolean {
  const { scene, focused } = input;
  const troubled = stagesOf(scene).filter(
    (item) => (item.kind === "node" || item.kind === "group") && item.face.errors + item.face.warnings > 0,
  );
  if (troubled.length === 0) {
    input.say("No problems");
    return true;
  }
  const at = (item: SceneItem) => scene.indexOf.get(item.id) ?? 0;
  const own = focused === null ? -1 : (scene.indexOf.get(focused) ?? -1);
  const next =
    by === 1
      ? (troubled.find((item) => at(item) > own) ?? troubled[0])
      : (troubled.findLast((item) => at(item) < own) ?? troubled.at(-1));
  return goTo(input, next?.id);
}
