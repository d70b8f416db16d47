import type { FlowNode } from "../flow-graph";

export const FACE_WIDTH = 312;
export const FACE_HEIGHT = 70;
export const PILL_HEIGHT = 34;
export const PILL_GAP = 8;
/** From the face to its pills. */
export const PILL_OFFSET = 56;
export const COMMENT_WIDTH = 208;
export const COMMENT_HEIGHT = 96;
/** Around the members of an expanded group; its title stands in the upper part. */
export const FRAME_PAD = 16;
export const FRAME_HEAD = 32;

type Shape = Pick<FlowNode, "writes">;

/** What a layout must keep free for a node: its face, and its pills at the right. */
export function nodeSize({ writes }: Shape): { width: number; height: number; aside: number } {
  const pills = writes.length * (PILL_HEIGHT + PILL_GAP) - PILL_GAP;
  return {
    width: FACE_WIDTH,
    height: Math.max(FACE_HEIGHT, pills),
    aside: writes.length > 0 ? PILL_OFFSET + FACE_WIDTH : 0,
  };
}
