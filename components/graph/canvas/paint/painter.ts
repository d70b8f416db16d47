import type { PaintAnswer, PaintJob, PaintRequest, PaintScene } from "./paint-messages";

export type Painter = {
  setScene: (scene: PaintScene) => void;
  /** Paints, or keeps the job until the one under way is done; of several that wait only the last is painted. */
  paint: (job: PaintJob) => void;
  close: () => void;
};

/** A worker that paints one job at a time. */
export function startPainter(onPainted: (bitmap: ImageBitmap, job: PaintJob) => void): Painter {
  const worker = new Worker(new URL("./paint.worker.ts", import.meta.url), { type: "module" });
  const send = (request: PaintRequest) => worker.postMessage(request);
  let lastId = 0;
  let current: PaintJob | null = null;
  let waiting: PaintJob | null = null;
  const start = (job: PaintJob) => {
    current = job;
    lastId += 1;
    send({ kind: "paint", id: lastId, job });
  };
  worker.addEventListener("message", ({ data }: MessageEvent<PaintAnswer>) => {
    const done = current;
    current = null;
    if (waiting !== null) {
      const next = waiting;
      waiting = null;
      start(next);
    }
    if (done !== null) onPainted(data.bitmap, done);
  });
  return {
    setScene: (scene) => send({ kind: "scene", scene }),
    paint(job) {
      if (current === null) start(job);
      else waiting = job;
    },
    close: () => worker.terminate(),
  };
}
