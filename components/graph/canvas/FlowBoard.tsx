"use client";

import { ConnectionLineType, ReactFlow, useReactFlow, useStoreApi } from "@xyflow/react";
import { type CSSProperties, useId, useImperativeHandle, useMemo, useRef, useState } from "react";
import { CommentFace } from "./faces/CommentFace";
import { FrameFace } from "./faces/FrameFace";
import { FaceActs } from "./faces/face-acts";
import { NodeFace } from "./faces/NodeFace";
import type { FlowCanvasProps } from "./flow-canvas-props";
import { DotGrid } from "./layers/DotGrid";
import { EdgeLayer } from "./layers/EdgeLayer";
import { FlowHint } from "./layers/FlowHint";
import { Ground } from "./layers/Ground";
import { GuideLayer } from "./layers/GuideLayer";
import { MiniMap } from "./layers/MiniMap";
import { ZoomControls } from "./layers/ZoomControls";
import { PaintLayer } from "./paint/PaintLayer";
import { firstView, fitView, MOST_ZOOM } from "./scene/fit-view";
import { freePlace } from "./scene/free-place";
import { prepareMounted } from "./scene/prepare-mounted";
import { prepareScene } from "./scene/prepare-scene";
import type { Size } from "./scene/prepare-window";
import { boundsOf, idsInside } from "./scene/scene-boxes";
import { useBoxSelect } from "./state/useBoxSelect";
import { useFlowClipboard } from "./state/useFlowClipboard";
import { type Connecting, useFlowCommands } from "./state/useFlowCommands";
import { useFlowDrag } from "./state/useFlowDrag";
import { useFlowElements } from "./state/useFlowElements";
import { useFlowFocus } from "./state/useFlowFocus";
import { useFlowPointer } from "./state/useFlowPointer";
import { useFlowWindow } from "./state/useFlowWindow";
import { useMovingView } from "./state/useMovingView";

const NODE_TYPES = { stage: NodeFace, frame: FrameFace, comment: CommentFace };
/** Edges are drawn by EdgeLayer. */
const NO_EDGES: [] = [];
const SNAP: [number, number] = [8, 8];
/** With fewer a map in small shows nothing new. */
const MAP_FROM = 12;
const MAP_WIDTH_FROM = 480;
/** Fewer faces cost less as layers of their own than on a sheet as large as the pane. */
const GROUND_FROM = 24;
const FLOW_STYLE = {
  "--xy-handle-background-color-default": "var(--panel)",
  "--xy-handle-border-color-default": "var(--ctl)",
  "--xy-connectionline-stroke-default": "var(--accent)",
} as CSSProperties;

export function FlowBoard({ size, ...props }: FlowCanvasProps & { size: Size }) {
  const { nodes, edges, groups, comments, label, selection, readOnly = false } = props;
  const board = useRef<HTMLDivElement>(null);
  const hintId = useId();
  const store = useStoreApi();
  const flow = useReactFlow();
  const [edge, setEdge] = useState<string | null>(null);
  const [connecting, setConnecting] = useState<Connecting | null>(null);
  const [said, say] = useState("");

  const scene = useMemo(
    () => prepareScene({ nodes, edges, groups, comments }),
    [nodes, edges, groups, comments],
  );
  const corners = useMemo(
    () => new Map([...nodes, ...comments].map(({ id, position }) => [id, position])),
    [nodes, comments],
  );
  const [first] = useState(() => firstView(scene.bounds, scene.items.find(isStage)?.box, size, readOnly));
  const window = useFlowWindow(first, size);
  useMovingView(board);
  const { focused, focus, show, claimFocus, noteFocus } = useFlowFocus(scene, selection, board);
  const near = useRef<readonly number[]>([]);
  const { dragged, guides, dragging } = useFlowDrag({
    scene,
    near,
    corners,
    selection,
    onMove: props.onMove,
  });
  const target = connecting?.target ?? null;
  const mounted = useMemo(
    () => prepareMounted(scene, window, held(focused, target, dragged.keys(), selection)),
    [scene, window, focused, target, dragged, selection],
  );
  near.current = mounted.items;
  const elements = useFlowElements(scene, mounted, {
    selection,
    tabStop: focused,
    target: connecting === null || connecting.target === connecting.from ? null : target,
    canEdit: !readOnly,
    dragged,
  });

  const paneSize = () => ({ width: store.getState().width, height: store.getState().height });
  const zoom = {
    in: () => void flow.zoomIn(),
    out: () => void flow.zoomOut(),
    fit: () => void flow.setViewport(fitView(scene.bounds, paneSize())),
    fitSelection: () => {
      const box = boundsOf(scene, selection);
      if (box !== null) void flow.setViewport(fitView(box, paneSize()));
    },
  };
  const run = useFlowCommands({
    scene,
    corners,
    acts: props,
    readOnly,
    selection,
    focused,
    edge,
    connecting,
    setConnecting,
    setEdge,
    focus,
    show,
    say,
    zoom,
  });
  const pointer = useFlowPointer({ scene, acts: props, readOnly, selection, setEdge, noteFocus, run });
  const clipboard = useFlowClipboard({ scene, acts: props, readOnly, selection, say, pointerAt: pointer.at });
  const boxSelect = useBoxSelect((box) => {
    const from = flow.screenToFlowPosition({ x: box.x, y: box.y }, { snapToGrid: false });
    const { zoom: scale } = flow.getViewport();
    const inside = idsInside(scene, { ...from, width: box.width / scale, height: box.height / scale });
    props.onSelect(new Set([...selection, ...inside]));
    say(`${inside.length} selected`);
  });
  useImperativeHandle(props.ref, () => ({
    focus: (id) => {
      focus(id);
      props.onSelect(new Set([id]));
    },
    show,
    fit: zoom.fit,
    fitSelection: zoom.fitSelection,
    freePlace: (after) => freePlace(scene, after, pointer.middle()),
  }));
  const faceActs = useMemo(
    () => ({
      toggleGroup: props.onToggleGroup,
      setGroupLabel: readOnly ? undefined : props.onGroupLabel,
      setCommentText: readOnly ? undefined : props.onCommentText,
      claimFocus,
    }),
    [props.onToggleGroup, props.onGroupLabel, props.onCommentText, readOnly, claimFocus],
  );
  const whyNotConnect = props.whyNotConnect;

  return (
    <div
      aria-describedby={hintId}
      aria-label={label}
      className="relative h-full w-full overflow-hidden data-moving:[&_.react-flow\_\_viewport]:will-change-transform data-moving:[&_.turning]:rotate-none"
      data-pane=""
      ref={board}
      role="application"
      tabIndex={-1}
      {...pointer.handlers}
      {...clipboard}
      {...boxSelect.handlers}
    >
      <p className="sr-only" id={hintId}>
        Arrow keys follow the connections, Enter opens, F8 goes to the next problem, slash searches.
        {!readOnly &&
          " C connects, Delete removes, Alt and an arrow moves, Control Z undoes, Control C, X, V and D copy, cut, paste and duplicate."}
      </p>
      <FaceActs value={faceActs}>
        <ReactFlow
          connectionLineType={ConnectionLineType.SmoothStep}
          defaultViewport={first}
          deleteKeyCode={null}
          disableKeyboardA11y
          edges={NO_EDGES}
          edgesFocusable={false}
          elementsSelectable={false}
          isValidConnection={({ source, target: end }) =>
            source !== end && !scene.edges.some((one) => one.from === source && one.to === end)
          }
          maxZoom={MOST_ZOOM}
          minZoom={Math.min(0.2, fitView(scene.bounds, size).zoom * 0.8)}
          multiSelectionKeyCode={null}
          nodes={elements}
          nodesConnectable={!readOnly}
          nodesDraggable={!readOnly}
          nodesFocusable={false}
          nodeTypes={NODE_TYPES}
          onConnect={({ source, target: end }) => {
            const refusal = whyNotConnect?.(source, end) ?? null;
            if (refusal === null) props.onConnect?.(source, end);
            say(refusal ?? "Connected");
          }}
          onPaneClick={pointer.onPaneClick}
          panActivationKeyCode={null}
          panOnScroll
          proOptions={{ hideAttribution: true }}
          selectionKeyCode={null}
          selectNodesOnDrag={false}
          snapGrid={SNAP}
          snapToGrid
          style={FLOW_STYLE}
          zoomActivationKeyCode={null}
          zoomOnDoubleClick={false}
          {...dragging}
        >
          <DotGrid />
          {mounted.items.length >= GROUND_FROM && <Ground bounds={scene.bounds} />}
          <EdgeLayer chosen={edge} dragged={dragged} edges={mounted.edges} scene={scene} />
          <GuideLayer guides={guides} />
          {mounted.needsPaint && <PaintLayer mounted={mounted} scene={scene} selection={selection} />}
        </ReactFlow>
      </FaceActs>
      {boxSelect.box !== null && (
        <div
          className="pointer-events-none fixed z-10 border border-accent bg-accent-wash opacity-60"
          style={{
            left: boxSelect.box.x,
            top: boxSelect.box.y,
            width: boxSelect.box.width,
            height: boxSelect.box.height,
          }}
        />
      )}
      {scene.stages >= MAP_FROM && size.width > MAP_WIDTH_FROM && <MiniMap scene={scene} />}
      <ZoomControls onFit={zoom.fit} onIn={zoom.in} onOut={zoom.out} />
      <FlowHint connecting={connecting} said={said} scene={scene} />
    </div>
  );
}

const isStage = ({ kind }: { kind: string }) => kind === "node" || kind === "group";

/** What stays mounted wherever it is, the most needed first. */
function* held(
  focused: string | null,
  target: string | null,
  dragged: Iterable<string>,
  selection: ReadonlySet<string>,
): Iterable<string> {
  if (focused !== null) yield focused;
  if (target !== null) yield target;
  yield* dragged;
  yield* selection;
}
