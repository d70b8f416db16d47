"use client";

import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import type { MenuItem } from "@/components/ui/MenuList";

const MenuList = dynamic(() => import("@/components/ui/MenuList").then((module) => module.MenuList), {
  ssr: false,
});

export type GridMenuPlace = { left: number; top: number; width: number; height: number };

export type GridMenuProps = {
  /** Inside the nearest positioned ancestor. */
  at: GridMenuPlace;
  items: MenuItem[];
  /** The element that names the menu and gets the focus back. */
  labelledBy: string;
  onClose: () => void;
};

/** A menu at a place of the grid, open as long as it is mounted. */
export function GridMenu({ at, items, labelledBy, onClose }: GridMenuProps) {
  const [node, setNode] = useState<HTMLSpanElement | null>(null);
  const place = useMemo(() => ({ current: node }), [node]);
  return (
    <span className="absolute" ref={setNode} style={at}>
      {node !== null && (
        <MenuList
          align="start"
          isOpen
          items={items}
          labelledBy={labelledBy}
          onOpenChange={(isOpen) => !isOpen && onClose()}
          place={place}
        />
      )}
    </span>
  );
}
