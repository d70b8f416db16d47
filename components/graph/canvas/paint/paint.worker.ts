/** Paints far and large parts of a graph beside the page, so that no frame waits for thousands of lines. */
import type { PaintAnswer, PaintRequest, PaintScene } from "./paint-messages";
import { paintScene } from "./paint-scene";

let scene: PaintScene | null = null;
const canvas = new OffscreenCanvas(1, 1);
const pen = canvas.getContext("2d");

self.addEventListener("message", ({ data }: MessageEvent<PaintRequest>) => {
  if (data.kind === "scene") {
    scene = data.scene;
    return;
  }
  const { id, job } = data;
  if (scene === null || pen === null) return;
  canvas.width = Math.max(1, Math.round(job.size.width * job.ratio));
  canvas.height = Math.max(1, Math.round(job.size.height * job.ratio));
  paintScene(pen, scene, job);
  const bitmap = canvas.transferToImageBitmap();
  const answer: PaintAnswer = { id, bitmap };
  self.postMessage(answer, { transfer: [bitmap] });
});
