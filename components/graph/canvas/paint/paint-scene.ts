import { EDGE_LOOKS, ITEM_TONES, type PaintJob, type PaintScene } from "./paint-messages";

type Pen = OffscreenCanvasRenderingContext2D;
/** Below this an edge is one straight line, and a node a block of its state's colour. */
const SHAPES_FROM = 0.16;
const LABELS_FROM = 0.22;
const CORNER = 4;

/** Paints what of the scene is in the job's view and not mounted: edges first, then the faces. */
export function paintScene(pen: Pen, scene: PaintScene, job: PaintJob): void {
  const { view, size, ratio } = job;
  const scale = view.zoom * ratio;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, size.width * ratio, size.height * ratio);
  pen.setTransform(scale, 0, 0, scale, view.x * ratio, view.y * ratio);
  paintEdges(pen, scene, job);
  paintFaces(pen, scene, job);
}

/** What of the graph is on the bitmap, in pixels of the graph. */
function shown({ view, size }: PaintJob) {
  return {
    left: -view.x / view.zoom,
    top: -view.y / view.zoom,
    right: (size.width - view.x) / view.zoom,
    bottom: (size.height - view.y) / view.zoom,
  };
}

type Shown = ReturnType<typeof shown>;

function paintEdges(pen: Pen, scene: PaintScene, job: PaintJob) {
  const { colours, view } = job;
  const bounds = shown(job);
  const hasBends = view.zoom >= SHAPES_FROM;
  const isMounted = flags(scene.looks.length, job.mountedEdges);
  const paths = EDGE_LOOKS.map(() => new Path2D());
  for (const [edge, look] of scene.looks.entries()) {
    const path = paths[look];
    if (isMounted[edge] === 0 && path !== undefined) trace(path, scene, edge, bounds, hasBends);
  }
  pen.lineWidth = Math.min(1.5, 1 / view.zoom);
  const strokes = [colours.solid, colours.ctl, colours.accent, colours.err];
  // Far away thousands of edges lie over each other: fainter, so that nodes stay readable.
  pen.globalAlpha = hasBends ? 0.8 : 0.35;
  for (const [at, path] of paths.entries()) {
    const isDashed = EDGE_LOOKS[at] === "waiting" || EDGE_LOOKS[at] === "running";
    pen.strokeStyle = strokes[at] ?? colours.ctl;
    pen.setLineDash(hasBends && isDashed ? [5, 4] : []);
    pen.stroke(path);
  }
  pen.globalAlpha = 1;
  pen.setLineDash([]);
}

function trace(path: Path2D, { boxes, ends }: PaintScene, edge: number, bounds: Shown, hasBends: boolean) {
  const [start, end] = [4 * (ends[2 * edge] ?? 0), 4 * (ends[2 * edge + 1] ?? 0)];
  const fromX = (boxes[start] ?? 0) + (boxes[start + 2] ?? 0) / 2;
  const fromY = (boxes[start + 1] ?? 0) + (boxes[start + 3] ?? 0);
  const toX = (boxes[end] ?? 0) + (boxes[end + 2] ?? 0) / 2;
  const toY = boxes[end + 1] ?? 0;
  if (Math.max(fromX, toX) < bounds.left || Math.min(fromX, toX) > bounds.right) return;
  if (Math.max(fromY, toY) < bounds.top || Math.min(fromY, toY) > bounds.bottom) return;
  path.moveTo(fromX, fromY);
  if (hasBends && fromX !== toX) {
    path.lineTo(fromX, (fromY + toY) / 2);
    path.lineTo(toX, (fromY + toY) / 2);
  }
  path.lineTo(toX, toY);
}

function paintFaces(pen: Pen, scene: PaintScene, job: PaintJob) {
  const bounds = shown(job);
  const isMounted = flags(scene.tones.length, job.mountedItems);
  const isSelected = flags(scene.tones.length, job.selected);
  const borders = ITEM_TONES.map((tone) => borderOf(tone, job.colours));
  pen.textBaseline = "middle";
  for (const [item, tone] of scene.tones.entries()) {
    if (isMounted[item] === 1) continue;
    const x = scene.boxes[4 * item] ?? 0;
    const y = scene.boxes[4 * item + 1] ?? 0;
    const width = scene.boxes[4 * item + 2] ?? 0;
    const height = scene.boxes[4 * item + 3] ?? 0;
    if (isOutside(bounds, x, y, x + width, y + height)) continue;
    const chosen = isSelected[item] === 1;
    pen.lineWidth = (chosen ? 2 : 1) / Math.min(1, job.view.zoom);
    pen.strokeStyle = chosen ? job.colours.accent : (borders[tone] ?? job.colours.ctl);
    paintFace(
      pen,
      { x, y, width, height, isFrame: ITEM_TONES[tone] === "frame" },
      scene.labels[item] ?? "",
      job,
    );
  }
}

const isOutside = (bounds: Shown, left: number, top: number, right: number, bottom: number) =>
  left > bounds.right || right < bounds.left || top > bounds.bottom || bottom < bounds.top;

type Face = { x: number; y: number; width: number; height: number; isFrame: boolean };

function paintFace(
  pen: Pen,
  { x, y, width, height, isFrame }: Face,
  label: string,
  { view, colours }: PaintJob,
) {
  if (view.zoom < SHAPES_FROM && !isFrame) {
    pen.fillStyle = pen.strokeStyle;
    pen.fillRect(x, y, width, Math.max(height, 1 / view.zoom));
    return;
  }
  pen.beginPath();
  pen.roundRect(x, y, width, height, CORNER);
  pen.fillStyle = colours.panel;
  if (!isFrame) pen.fill();
  pen.stroke();
  if (view.zoom < LABELS_FROM) return;
  // The label is as large on the screen as in a pill, whatever the scale.
  const size = Math.min(26, 11 / view.zoom);
  pen.font = `${size}px ui-monospace, monospace`;
  pen.fillStyle = colours.ink;
  pen.fillText(cut(label, (width - 20) / (size * 0.6)), x + 10, y + (isFrame ? 16 : height / 2));
}

function borderOf(tone: (typeof ITEM_TONES)[number], colours: PaintJob["colours"]): string {
  switch (tone) {
    case "ok":
      return colours.ok;
    case "run":
      return colours.accent;
    case "warn":
      return colours.warn;
    case "err":
      return colours.err;
    case "comment":
      return colours.line;
    case "plain":
    case "frame":
      return colours.ctl;
  }
}

const cut = (label: string, room: number) =>
  label.length > room ? `${label.slice(0, Math.max(1, room - 1))}…` : label;

function flags(count: number, set: Uint32Array): Uint8Array {
  const result = new Uint8Array(count);
  for (const at of set) result[at] = 1;
  return result;
}
