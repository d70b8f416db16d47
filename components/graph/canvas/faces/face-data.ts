import type { Detail } from "../scene/prepare-window";
import type { SceneItem } from "../scene/scene";

/** What React Flow hands to a face; equal values keep the object, so that only what changed is drawn again. */
export type FaceData = {
  item: SceneItem;
  detail: Detail;
  isTabStop: boolean;
  isSelected: boolean;
  /** The end of a connection that is being made by keys. */
  isTarget: boolean;
  canConnect: boolean;
  spoken: string;
};
