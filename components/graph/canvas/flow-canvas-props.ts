import type { Ref } from "react";
import type { FlowActs } from "./flow-acts";
import type { FlowGraph, FlowPoint } from "./flow-graph";

/** For a page that must steer the canvas from outside. */
export type FlowCanvasHandle = {
  /** Shows the item, and gives it the focus. */
  focus: (id: string) => void;
  /** Shows the item, and leaves the focus. */
  show: (id: string) => void;
  fit: () => void;
  fitSelection: () => void;
  /** A free place for a new node: under `after` where it is given, else in the middle of what is seen. */
  freePlace: (after?: string) => FlowPoint;
};

export type FlowCanvasProps = FlowGraph &
  FlowActs & {
    /** What a screen reader calls the graph. */
    label: string;
    selection: ReadonlySet<string>;
    /** True leaves out all that changes the graph. */
    readOnly?: boolean;
    ref?: Ref<FlowCanvasHandle>;
  };
