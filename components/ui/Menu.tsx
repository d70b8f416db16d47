"use client";

import * as DropdownMenu from "radix-ui/dropdown-menu";
import type { ReactElement, ReactNode } from "react";

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

/** A menu under its trigger: arrows, Home, End, type-ahead, Esc. */
export function Menu({
  trigger,
  items,
  align = "end",
}: {
  trigger: ReactElement;
  items: MenuItem[];
  align?: "start" | "end";
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          className="z-50 min-w-52 rounded-3 border border-ctl bg-raised py-1 text-ink shadow-float"
          collisionPadding={8}
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
