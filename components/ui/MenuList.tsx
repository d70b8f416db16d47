"use client";

import * as DropdownMenu from "radix-ui/dropdown-menu";
import { type ReactNode, type RefObject, useRef } from "react";

export type MenuItem =
  | {
      kind: "action";
      key: string;
      label: ReactNode;
      hint?: ReactNode;
      isChecked?: boolean;
      onSelect: () => void;
    }
  | { kind: "heading"; key: string; label: ReactNode }
  | { kind: "line"; key: string };

const ITEM_CLASS =
  "flex h-7 cursor-pointer items-center gap-2 px-3 text-13 outline-none data-[highlighted]:bg-select data-[highlighted]:shadow-[inset_3px_0_0_var(--accent)]";

function Row({ item }: { item: MenuItem }) {
  if (item.kind === "line") return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
  if (item.kind === "heading") {
    return <DropdownMenu.Label className="px-3 py-1 text-12 text-ink-2">{item.label}</DropdownMenu.Label>;
  }
  const inside = (
    <>
      <span className="flex-1">{item.label}</span>
      {item.isChecked && <span aria-hidden="true">✓</span>}
      {item.hint !== undefined && <span className="text-12 text-ink-2">{item.hint}</span>}
    </>
  );
  if (item.isChecked === undefined) {
    return (
      <DropdownMenu.Item className={ITEM_CLASS} onSelect={item.onSelect}>
        {inside}
      </DropdownMenu.Item>
    );
  }
  return (
    <DropdownMenu.CheckboxItem checked={item.isChecked} className={ITEM_CLASS} onSelect={item.onSelect}>
      {inside}
    </DropdownMenu.CheckboxItem>
  );
}

export type MenuListProps = {
  items: MenuItem[];
  align: "start" | "end";
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** The element around the control that opens it: the list belongs to its landmark. And the control's id. */
  place: RefObject<HTMLElement | null>;
  labelledBy: string;
};

/** The list of a menu: arrows, Home, End, type-ahead, Esc. It stands under its nearest positioned ancestor. */
export function MenuList({ items, align, isOpen, onOpenChange, place, labelledBy }: MenuListProps) {
  const leftByPress = useRef(false);
  return (
    <DropdownMenu.Root modal={false} onOpenChange={onOpenChange} open={isOpen}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden="true" className="pointer-events-none absolute inset-0" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={place.current}>
        <DropdownMenu.Content
          align={align}
          aria-labelledby={labelledBy}
          className="z-50 min-w-52 rounded-3 border border-ctl bg-raised py-1 text-ink shadow-float"
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!leftByPress.current) document.getElementById(labelledBy)?.focus();
            leftByPress.current = false;
          }}
          onInteractOutside={(event) => {
            // The control itself closes what it opened.
            if (place.current?.contains(event.target as Node)) event.preventDefault();
            else leftByPress.current = true;
          }}
          sideOffset={4}
        >
          {items.map((item) => (
            <Row item={item} key={item.key} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
