import type { Size, View } from "./prepare-window";
import type { Box } from "./scene";

const PAD = 24;
export const MOST_ZOOM = 1.5;
/** Below this a whole graph shows nothing that can be read, or nothing that can be told apart where it is only looked at. */
const LEAST_READABLE = 0.5;
const LEAST_SEEN = 0.05;

/** The view that shows all of a box, as large as it fits, at most at scale 1. It starts at whole pixels, which draw sharp. */
export function fitView(box: Box, { width, height }: Size): View {
  const zoom = Math.min(1, (width - 2 * PAD) / box.width, (height - 2 * PAD) / box.height);
  const kept = Math.max(zoom, 0.001);
  return {
    zoom: kept,
    x: Math.round(width / 2 - (box.x + box.width / 2) * kept),
    y: Math.round(Math.max(height / 2 - (box.y + box.height / 2) * kept, PAD - box.y * kept)),
  };
}

/** The first view: the whole graph where it can be read, or seen if `isLookedAt` alone; else its start at a readable scale. */
export function firstView(bounds: Box, start: Box | undefined, size: Size, isLookedAt = false): View {
  const whole = fitView(bounds, size);
  if (whole.zoom >= (isLookedAt ? LEAST_SEEN : LEAST_READABLE) || start === undefined) return whole;
  const zoom = Math.max(LEAST_READABLE, Math.min(1, (size.width - 2 * PAD) / bounds.width));
  const x = Math.round(size.width / 2 - (start.x + start.width / 2) * zoom);
  return { zoom, x, y: Math.round(PAD - start.y * zoom) };
}

/** The least move of the view that brings a box inside, with some room around it; null where it is inside. */
export function bringIn(box: Box, view: View, { width, height }: Size): View | null {
  const along = (start: number, length: number, offset: number, room: number) => {
    const [low, high] = [start * view.zoom + offset, (start + length) * view.zoom + offset];
    if (high - low > room - 2 * PAD) return offset + PAD - low;
    if (low < PAD) return offset + PAD - low;
    return high > room - PAD ? offset - (high - room + PAD) : offset;
  };
  const x = along(box.x, box.width, view.x, width);
  const y = along(box.y, box.height, view.y, height);
  return x === view.x && y === view.y ? null : { x, y, zoom: view.zoom };
}
