"use client";

import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import type { Mounted } from "../scene/prepare-mounted";
import type { Size, View } from "../scene/prepare-window";
import type { Scene } from "../scene/scene";
import type { PaintColours, PaintJob } from "./paint-messages";
import { type Painter, startPainter } from "./painter";
import { preparePaint } from "./prepare-paint";

/** Painted beyond each side of the pane, as a share of it, so that a drag of the view shows no bare rim. */
const RIM = 0.25;
/** Enough for sharp lines; more costs time and memory only. */
const MOST_RATIO = 2;

const SETTLED_MS = 120;

export type PaintLayerProps = { scene: Scene; mounted: Mounted; selection: ReadonlySet<string> };

/** What is not mounted, as one picture under the nodes that moves with the view until the next one is painted. */
export function PaintLayer({ scene, mounted, selection }: PaintLayerProps) {
  const store = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const layer = useRef<{ painter: Painter; repaint: () => void } | null>(null);
  const state = useRef({ scene, mounted, selection });
  state.current = { scene, mounted, selection };

  // The painter is a worker; its pictures are shown on the canvas and follow React Flow's view.
  useEffect(() => {
    let shown: PaintJob | null = null;
    let asked: View | null = null;
    let colours: PaintColours | null = null;
    const pane = (): Size => ({ width: store.getState().width, height: store.getState().height });
    const view = (): View => {
      const [x, y, zoom] = store.getState().transform;
      return { x, y, zoom };
    };
    const place = () => {
      if (canvas.current === null || shown === null) return;
      const now = view();
      const scale = now.zoom / shown.view.zoom;
      const [x, y] = [now.x - shown.view.x * scale, now.y - shown.view.y * scale];
      canvas.current.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    };
    const painter = startPainter((bitmap, job) => {
      const element = canvas.current;
      if (element === null) return bitmap.close();
      shown = job;
      element.width = bitmap.width;
      element.height = bitmap.height;
      element.style.width = `${job.size.width}px`;
      element.style.height = `${job.size.height}px`;
      element.getContext("bitmaprenderer")?.transferFromImageBitmap(bitmap);
      element.dataset.painted = String(Number(element.dataset.painted ?? 0) + 1);
      place();
    });
    const repaint = () => {
      const [now, { width, height }] = [view(), pane()];
      if (width === 0) return;
      asked = now;
      colours ??= coloursOf(canvas.current);
      const { scene: current, mounted: known, selection: chosen } = state.current;
      painter.paint({
        view: { x: now.x + width * RIM, y: now.y + height * RIM, zoom: now.zoom },
        size: { width: width * (1 + 2 * RIM), height: height * (1 + 2 * RIM) },
        ratio: Math.min(MOST_RATIO, window.devicePixelRatio),
        colours,
        mountedItems: Uint32Array.from(known.items),
        mountedEdges: Uint32Array.from(known.edges),
        selected: Uint32Array.from([...chosen].flatMap((id) => current.indexOf.get(id) ?? [])),
      });
    };
    const follow = () => {
      place();
      const now = view();
      const { width, height } = pane();
      const isFar =
        asked === null ||
        asked.zoom !== now.zoom ||
        Math.abs(now.x - asked.x) > (width * RIM) / 2 ||
        Math.abs(now.y - asked.y) > (height * RIM) / 2;
      if (isFar) repaint();
    };
    const stop = store.subscribe(follow);
    const theme = new MutationObserver(() => {
      colours = null;
      repaint();
    });
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    layer.current = { painter, repaint };
    return () => {
      stop();
      theme.disconnect();
      painter.close();
      layer.current = null;
    };
  }, [store]);

  useEffect(() => {
    layer.current?.painter.setScene(preparePaint(scene));
  }, [scene]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new picture is due when any of these changes
  useEffect(() => layer.current?.repaint(), [scene, selection]);
  // What is mounted covers its own picture, and what was let go is out of view: this picture may wait for a pause.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    const timer = setTimeout(() => layer.current?.repaint(), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [mounted]);

  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 overflow-hidden"
      style={{ zIndex: 0 }}
    >
      <canvas className="block origin-top-left" data-flow-paint="" ref={canvas} />
    </div>
  );
}

function coloursOf(element: Element | null): PaintColours {
  const style = getComputedStyle(element ?? document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    panel: read("--panel"),
    ctl: read("--ctl"),
    ink: read("--ink"),
    line: read("--line-2"),
    solid: read("--ink-2"),
    accent: read("--accent"),
    ok: read("--ok"),
    warn: read("--warn"),
    err: read("--err"),
  };
}
