"use client";

import dynamic from "next/dynamic";
import { cloneElement, type KeyboardEvent, type ReactElement, useId, useRef, useState } from "react";
import type { MenuItem } from "./MenuList";

const MenuList = dynamic(() => import("./MenuList").then((module) => module.MenuList), { ssr: false });

export type { MenuItem } from "./MenuList";

type Control = {
  id?: string;
  "aria-haspopup"?: "menu";
  "aria-expanded"?: boolean;
  onClick?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
};

export type MenuProps = {
  /** A button. */
  trigger: ReactElement<Control>;
  items: MenuItem[];
  align?: "start" | "end";
};

/** A menu under its trigger. The list is fetched once somebody comes near: by pointer, by focus or by a press. */
export function Menu({ trigger, items, align = "end" }: MenuProps) {
  const id = useId();
  const place = useRef<HTMLSpanElement>(null);
  const [isNear, setNear] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const comeNear = () => setNear(true);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the button inside
    <span className="relative inline-flex" onFocus={comeNear} onPointerEnter={comeNear} ref={place}>
      {cloneElement(trigger, {
        id,
        "aria-haspopup": "menu",
        "aria-expanded": isOpen,
        onClick: () => {
          comeNear();
          setOpen(!isOpen);
        },
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          setOpen(true);
        },
      })}
      {isNear && (
        <MenuList
          align={align}
          isOpen={isOpen}
          items={items}
          labelledBy={id}
          onOpenChange={setOpen}
          place={place}
        />
      )}
    </span>
  );
}
