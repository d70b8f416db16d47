import type { FlowPoint } from "./flow-graph";

/** What a menu was asked for: an item, an edge, or the empty canvas. */
export type FlowMenuTarget =
  | { on: "item"; id: string }
  | { on: "edge"; from: string; to: string }
  | { on: "canvas"; at: FlowPoint };

/** What a person asks for on the canvas. The canvas changes nothing by itself; an act that is missing is not offered. */
export type FlowActs = {
  /** The whole new selection: ids of nodes, groups and comments. */
  onSelect: (ids: ReadonlySet<string>) => void;
  /** Enter or a double click on a node or a group. */
  onOpen?: (id: string) => void;
  /** Once, at the end of a drag or for one press of Alt and an arrow: new corners of nodes and comments. */
  onMove?: (positions: ReadonlyMap<string, FlowPoint>) => void;
  onConnect?: (from: string, to: string) => void;
  onDisconnect?: (edges: readonly { from: string; to: string }[]) => void;
  /** A sentence where the two may not be connected. */
  whyNotConnect?: (from: string, to: string) => string | null;
  onRemove?: (ids: ReadonlySet<string>) => void;
  /** What was dropped from a palette: the text under `FLOW_DROP_TYPE` of the drag. */
  onDropNew?: (type: string, at: FlowPoint) => void;
  /** The text that goes to the clipboard; null leaves the clipboard alone. */
  onCopy?: (ids: ReadonlySet<string>) => string | null;
  /** `at` is the pointer's place, or the middle of what is seen. */
  onPaste?: (text: string, at: FlowPoint) => void;
  onDuplicate?: (ids: ReadonlySet<string>) => void;
  onUndo?: () => void;
  onRedo?: () => void;
  onToggleGroup?: (id: string) => void;
  onGroupLabel?: (id: string, label: string) => void;
  onCommentText?: (id: string, text: string) => void;
  /** `/`: opens the page's search. */
  onSearch?: () => void;
  /** `at` is in pixels of the window. */
  onMenu?: (target: FlowMenuTarget, at: FlowPoint) => void;
};
