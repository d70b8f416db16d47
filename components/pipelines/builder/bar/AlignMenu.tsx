"use client";

import { AlignHorizontalJustifyCenter } from "lucide-react";
import { Button } from "@/components/ui/Button";
import { Menu, type MenuItem } from "@/components/ui/Menu";
import type { Alignment } from "@/domain/pipelines/edit/operation";

const EDGES: { how: Alignment; label: string }[] = [
  { how: "left", label: "Left edges" },
  { how: "center", label: "Centres" },
  { how: "right", label: "Right edges" },
  { how: "top", label: "Top edges" },
  { how: "middle", label: "Middles" },
  { how: "bottom", label: "Bottom edges" },
];
const GAPS: typeof EDGES = [
  { how: "distribute_horizontally", label: "Distribute horizontally" },
  { how: "distribute_vertically", label: "Distribute vertically" },
];
/** Between two there is one gap, equal to itself. */
const GAPS_FROM = 3;

export type AlignMenuProps = {
  /** How many tasks are selected. */
  selected: number;
  whyNot: string | null;
  onAlign: (how: Alignment) => void;
};

/** Brings the selected tasks onto one line, or makes the gaps between them equal. */
export function AlignMenu({ selected, whyNot, onAlign }: AlignMenuProps) {
  const trigger = (
    <Button
      disabledReason={whyNot}
      icon={<AlignHorizontalJustifyCenter aria-hidden="true" size={13} />}
      kind="quiet"
    >
      Align
    </Button>
  );
  if (whyNot !== null) return trigger;
  const action = ({ how, label }: (typeof EDGES)[number]): MenuItem => ({
    kind: "action",
    key: how,
    label,
    onSelect: () => onAlign(how),
  });
  const gaps: MenuItem[] =
    selected < GAPS_FROM
      ? [{ kind: "heading", key: "few", label: "Distribute: select three or more" }]
      : GAPS.map(action);
  const items: MenuItem[] = [...EDGES.map(action), { kind: "line", key: "gaps" }, ...gaps];
  return <Menu align="start" items={items} trigger={trigger} />;
}
