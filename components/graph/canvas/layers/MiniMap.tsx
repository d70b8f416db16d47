"use client";

import { useReactFlow, useStoreApi } from "@xyflow/react";
import { type PointerEvent, useEffect, useRef } from "react";
import { toneOf } from "../paint/prepare-paint";
import { FACE_HEIGHT, FACE_WIDTH } from "../scene/node-size";
import type { Scene } from "../scene/scene";

const WIDTH = 168;
const HEIGHT = 112;
const PAD = 6;
const TONES = {
  err: "--err",
  warn: "--warn",
  ok: "--ok",
  run: "--accent",
  plain: "--ctl",
  frame: "",
  comment: "",
};

/** The whole graph in small, with the part in view; a press goes there. Keys have other ways, so it is for the pointer only. */
export function MiniMap({ scene }: { scene: Scene }) {
  const store = useStoreApi();
  const { setViewport } = useReactFlow();
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { bounds } = scene;
  const scale = Math.min((WIDTH - 2 * PAD) / bounds.width, (HEIGHT - 2 * PAD) / bounds.height);
  const left = (WIDTH - bounds.width * scale) / 2 - bounds.x * scale;
  const top = (HEIGHT - bounds.height * scale) / 2 - bounds.y * scale;

  // The canvas of the page is painted once for a scene or a theme.
  useEffect(() => {
    const paint = () => {
      const pen = canvas.current?.getContext("2d");
      if (!pen) return;
      const style = getComputedStyle(document.documentElement);
      const ratio = window.devicePixelRatio;
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, WIDTH, HEIGHT);
      for (const item of scene.items) {
        const tone = TONES[toneOf(item)];
        if (tone === "") continue;
        pen.fillStyle = style.getPropertyValue(tone);
        const [x, y] = [left + item.box.x * scale, top + item.box.y * scale];
        pen.fillRect(x, y, Math.max(1, FACE_WIDTH * scale), Math.max(1, FACE_HEIGHT * scale));
      }
    };
    paint();
    const theme = new MutationObserver(paint);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    return () => theme.disconnect();
  }, [scene, left, top, scale]);

  // The frame follows React Flow's view.
  useEffect(() => {
    const follow = () => {
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      const style = frame.current?.style;
      if (style === undefined) return;
      style.transform = `translate(${left - (x / zoom) * scale}px, ${top - (y / zoom) * scale}px)`;
      style.width = `${Math.max(3, (width / zoom) * scale)}px`;
      style.height = `${Math.max(3, (height / zoom) * scale)}px`;
    };
    follow();
    return store.subscribe(follow);
  }, [store, left, top, scale]);

  const go = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const { transform, width, height } = store.getState();
    const zoom = transform[2];
    const at = { x: (event.clientX - box.x - left) / scale, y: (event.clientY - box.y - top) / scale };
    void setViewport({ x: width / 2 - at.x * zoom, y: height / 2 - at.y * zoom, zoom });
  };

  return (
    <div
      aria-hidden="true"
      className="absolute bottom-2 left-2 z-5 overflow-hidden rounded-3 border border-ctl bg-panel"
      data-flow-map=""
      onPointerDown={go}
      onPointerMove={go}
      style={{ width: WIDTH, height: HEIGHT }}
    >
      <canvas
        className="block"
        height={HEIGHT * (typeof window === "undefined" ? 1 : window.devicePixelRatio)}
        ref={canvas}
        style={{ width: WIDTH, height: HEIGHT }}
        width={WIDTH * (typeof window === "undefined" ? 1 : window.devicePixelRatio)}
      />
      <div className="absolute top-0 left-0 border border-accent bg-accent-wash opacity-60" ref={frame} />
    </div>
  );
}
