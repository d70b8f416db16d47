"use client";

import { ReactFlowProvider } from "@xyflow/react";
import { useEffect, useRef, useState } from "react";
import "@xyflow/react/dist/base.css";
import { FlowBoard } from "./FlowBoard";
import type { FlowCanvasProps } from "./flow-canvas-props";
import type { Size } from "./scene/prepare-window";

/**
 * A graph that is read or drawn, by pointer or by keys alone. It is controlled: what it shows comes in, what a person
 * asks for goes out. Any number of nodes: what is far or too much is painted, and few hundred are ever mounted.
 */
export function FlowCanvas(props: FlowCanvasProps) {
  const pane = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size | null>(null);
  // The first view depends on the room that the page gives.
  useEffect(() => {
    const element = pane.current;
    if (element === null) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) setSize((known) => known ?? { width, height });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div className="relative h-full min-h-[280px] w-full" ref={pane}>
      {size !== null && (
        <ReactFlowProvider>
          <FlowBoard {...props} size={size} />
        </ReactFlowProvider>
      )}
    </div>
  );
}
