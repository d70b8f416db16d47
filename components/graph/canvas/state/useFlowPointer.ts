import { useReactFlow, useStoreApi } from "@xyflow/react";
import { type DragEvent, type FocusEvent, type KeyboardEvent, type MouseEvent, useRef } from "react";
import type { FlowActs, FlowMenuTarget } from "../flow-acts";
import { FLOW_DROP_TYPE } from "../flow-drop-type";
import type { FlowPoint } from "../flow-graph";
import { type FlowCommand, readKey } from "../keys/read-key";
import type { Scene } from "../scene/scene";
import { itemAt } from "../scene/scene-boxes";

export type FlowPointerInput = {
  scene: Scene;
  acts: FlowActs;
  readOnly: boolean;
  selection: ReadonlySet<string>;
  setEdge: (key: string | null) => void;
  noteFocus: (id: string) => void;
  run: (command: FlowCommand) => boolean;
};

const idAt = (target: EventTarget) =>
  target instanceof Element ? target.closest<HTMLElement>("[data-flow-item]")?.dataset.flowItem : undefined;
const edgeAt = (target: EventTarget) =>
  target instanceof Element ? target.closest<SVGElement>("[data-flow-edge]")?.dataset.flowEdge : undefined;
const isWriting = (target: EventTarget) =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;

/** Clicks, keys, menus and drops on the board, told apart by what they hit. */
export function useFlowPointer({
  scene,
  acts,
  readOnly,
  selection,
  setEdge,
  noteFocus,
  run,
}: FlowPointerInput) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const last = useRef<FlowPoint | null>(null);
  const toGraph = (at: FlowPoint) => flow.screenToFlowPosition(at);
  const middle = () => {
    const { transform, width, height } = store.getState();
    const [x, y, zoom] = transform;
    return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom };
  };
  const select = (id: string, isAdding: boolean) => {
    setEdge(null);
    const next = new Set(isAdding ? selection : []);
    if (isAdding && selection.has(id)) next.delete(id);
    else next.add(id);
    acts.onSelect(next);
  };
  const isAdding = (event: MouseEvent) => event.shiftKey || event.ctrlKey || event.metaKey;

  return {
    middle,
    /** Where the pointer is over the graph, or the middle of what is seen. */
    at: () => (last.current === null ? middle() : toGraph(last.current)),
    onPaneClick(event: MouseEvent) {
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
      // What is painted only is hit all the same.
      const painted = itemAt(scene, at.x, at.y);
      if (painted !== null) {
        noteFocus(painted);
        select(painted, isAdding(event));
        return;
      }
      setEdge(null);
      if (selection.size > 0 && !isAdding(event)) acts.onSelect(new Set());
    },
    handlers: {
      onClick(event: MouseEvent<HTMLElement>) {
        const [id, edge] = [idAt(event.target), edgeAt(event.target)];
        if (id !== undefined) select(id, isAdding(event));
        else if (edge !== undefined) setEdge(edge);
      },
      onDoubleClick(event: MouseEvent<HTMLElement>) {
        const id = idAt(event.target);
        if (id === undefined) return;
        const kind = scene.items[scene.indexOf.get(id) ?? -1]?.kind;
        if (kind === "node") acts.onOpen?.(id);
        else if (kind === "group") acts.onToggleGroup?.(id);
      },
      onFocus(event: FocusEvent<HTMLElement>) {
        const id = idAt(event.target);
        if (id !== undefined) noteFocus(id);
      },
      onKeyDown(event: KeyboardEvent<HTMLElement>) {
        if (isWriting(event.target) || event.defaultPrevented) return;
        const command = readKey(event);
        if (command !== null && run(command)) event.preventDefault();
      },
      // A button would be pressed when the key is let go.
      onKeyUp(event: KeyboardEvent<HTMLElement>) {
        if (event.key === " " && !isWriting(event.target)) event.preventDefault();
      },
      onContextMenu(event: MouseEvent<HTMLElement>) {
        if (acts.onMenu === undefined || isWriting(event.target)) return;
        event.preventDefault();
        const at = { x: event.clientX, y: event.clientY };
        acts.onMenu(menuTarget(event.target, scene, toGraph(at)), at);
      },
      onMouseMove(event: MouseEvent<HTMLElement>) {
        last.current = { x: event.clientX, y: event.clientY };
      },
      onMouseLeave() {
        last.current = null;
      },
      onDragOver(event: DragEvent<HTMLElement>) {
        if (readOnly || !event.dataTransfer.types.includes(FLOW_DROP_TYPE)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
      },
      onDrop(event: DragEvent<HTMLElement>) {
        const type = event.dataTransfer.getData(FLOW_DROP_TYPE);
        if (readOnly || type === "") return;
        event.preventDefault();
        acts.onDropNew?.(type, toGraph({ x: event.clientX, y: event.clientY }));
      },
    },
  };
}

function menuTarget(target: EventTarget, scene: Scene, at: FlowPoint): FlowMenuTarget {
  const id = idAt(target) ?? itemAt(scene, at.x, at.y);
  if (id !== null) return { on: "item", id };
  const edge = scene.edges.find(({ key }) => key === edgeAt(target));
  return edge === undefined ? { on: "canvas", at } : { on: "edge", from: edge.from, to: edge.to };
}
