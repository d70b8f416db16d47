"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { Panel } from "@/components/ui/Panel";
import { StageList } from "./StageList";
import type { Stage } from "./stage";

const StageFlow = dynamic(() => import("./StageFlow").then((module) => module.StageFlow), {
  ssr: false,
  loading: () => <p className="p-3 text-ink-2">Drawing the graph</p>,
});

export type StageGraphProps = {
  title: string;
  stages: Stage[];
  selected: string | null;
  onSelect: (id: string) => void;
  withPills?: boolean;
  className?: string;
};

/** Stages and the data that they write, as a graph or as a list. */
export function StageGraph({
  title,
  stages,
  selected,
  onSelect,
  withPills = true,
  className,
}: StageGraphProps) {
  const [view, setView] = useState<"graph" | "list">("graph");
  const toggle = (
    <button
      className={buttonClass("quiet")}
      onClick={() => setView(view === "graph" ? "list" : "graph")}
      type="button"
    >
      {view === "graph" ? "Show as list" : "Show as graph"}
    </button>
  );
  return (
    <Panel
      actions={toggle}
      bodyClassName={view === "graph" ? "bg-bg" : "overflow-auto"}
      title={title}
      {...(className === undefined ? {} : { className })}
    >
      {view === "graph" ? (
        <StageFlow
          label={title}
          onSelect={onSelect}
          selected={selected}
          stages={stages}
          withPills={withPills}
        />
      ) : (
        <StageList onSelect={onSelect} selected={selected} stages={stages} />
      )}
    </Panel>
  );
}
